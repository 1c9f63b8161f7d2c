package io.engraft;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that calling a method and dropping its result is a mistake: {@code figure.withTitle("...")} changes nothing but
 * the figure that it returns. On a type or a package it speaks of every method there. Error Prone
 * knows the annotation by its simple name and complains.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE, ElementType.PACKAGE})
public @interface CheckReturnValue {}
