package io.engraft.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The published types of a jar as a jar of their own, small enough to be committed: class files without code, and without
 * what only the jar itself can name (private and package-private members, packages named internal). A hidden class that
 * a published one inherits from stands there as if it were public, as its public members are. The same jar gives the same
 * bytes.
 */
final class PublicApi {

    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    private static final FileTime NO_TIME = FileTime.fromMillis(0);

    private PublicApi() {}

    /** Writes what a jar publishes. */
    static void write(Path jar, Path api) throws IOException {
        Map<String, byte[]> classes = classes(jar);
        Set<String> published = published(classes);
        try (OutputStream file = Files.newOutputStream(api);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(9);
            for (String name : published) {
                ZipEntry entry = new ZipEntry(name + ".class");
                entry.setLastModifiedTime(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(withoutCode(new ClassReader(bytes(classes, name)), published));
                zip.closeEntry();
            }
        }
    }

    private static byte[] bytes(Map<String, byte[]> classes, String name) {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new IllegalStateException(name + " is not in the jar");
        }
        return bytes;
    }

    private static Map<String, byte[]> classes(Path jar) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("/internal/")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        classes.put(name.substring(0, name.length() - ".class".length()), in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** The types that a user can name, and the hidden ones that they inherit from. */
    private static Set<String> published(Map<String, byte[]> classes) {
        Set<String> published = new TreeSet<>();
        Deque<String> waiting = new ArrayDeque<>();
        classes.forEach((name, bytes) -> {
            String outermost = name.replaceFirst("\\$.*", "");
            if (canBeNamed(new ClassReader(bytes)) && canBeNamed(new ClassReader(bytes(classes, outermost)))) {
                waiting.add(name);
            }
        });
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (classes.containsKey(name) && published.add(name)) {
                ClassReader reader = new ClassReader(bytes(classes, name));
                waiting.add(reader.getSuperName());
                waiting.addAll(Set.of(reader.getInterfaces()));
            }
        }
        return published;
    }

    /** Visible itself, and so is every nested class around it. */
    private static boolean canBeNamed(ClassReader reader) {
        boolean[] named = {reader.getClassName().endsWith("package-info") || isVisible(reader.getAccess())};
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInnerClass(
                            String name, @Nullable String outer, @Nullable String simple, int access) {
                        boolean around = reader.getClassName().equals(name)
                                || reader.getClassName().startsWith(name + "$");
                        if (around && (outer == null || !isVisible(access))) {
                            named[0] = false;
                        }
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return named[0];
    }

    private static boolean isVisible(int access) {
        return (access & VISIBLE) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    private static byte[] withoutCode(ClassReader reader, Set<String> published) {
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new Published(writer, published), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    /** Passes on what can be seen from outside. */
    private static final class Published extends ClassVisitor {

        private final Set<String> published;

        Published(ClassWriter writer, Set<String> published) {
            super(Opcodes.ASM9, writer);
            this.published = published;
        }

        private static int shown(int access) {
            return isVisible(access) ? access : (access & ~Opcodes.ACC_PRIVATE) | Opcodes.ACC_PUBLIC;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String parent,
                String @Nullable [] interfaces) {
            int shown = name.endsWith("package-info") ? access : shown(access);
            super.visit(version, shown, name, signature, parent, interfaces);
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String simple, int access) {
            super.visitInnerClass(name, outer, simple, published.contains(name) ? shown(access) : access);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            return isVisible(access) ? super.visitField(access, name, descriptor, signature, value) : null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return isVisible(access) ? super.visitMethod(access, name, descriptor, signature, exceptions) : null;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return visible ? super.visitAnnotation(descriptor, true) : null;
        }

        @Override
        public void visitNestHost(String host) {
            // Of the compiler's making.
        }

        @Override
        public void visitNestMember(String member) {
            // Of the compiler's making.
        }
    }
}
