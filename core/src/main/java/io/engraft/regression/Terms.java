package io.engraft.regression;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.SurvivalData;
import io.engraft.regression.internal.Coding;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.TermPart;
import io.engraft.regression.internal.TermText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a linear predictor, in the order of their coefficients, and the levels that contrasts are against. They
 * are read as
 *
 * <pre>
 *   age                   a column of numbers as it is, one of levels as contrasts
 *   age:phase             a product
 *   age*phase             age, phase and age:phase
 *   ns(age,3)             a natural cubic spline of 3 columns, knots at quantiles
 *   ns(age,knots=20;40)   one with these inner knots
 *   log(age), I(age^2)    a logarithm, a power
 * </pre>
 *
 * <p>A text that is a covariate of the data is that covariate, whatever stands in it; elsewhere the longest covariate
 * that fits is taken, and any name can stand in backquotes. A column of levels is contrasted with its first level unless
 * {@link #withReference} names another. In a product it has a column for every level where the rest of the product is in
 * no term of fewer parts and none before: {@code phase, phase:age} is a slope for each phase. Immutable.
 */
@CheckReturnValue
public final class Terms {

    /** A text that waits for the names of columns, or a term that was built, and what it is within; empty for nothing. */
    private record Entry(String text, @Nullable Term term, String within) {

        private Term placed(List<TermPart> parts) {
            List<TermPart> all = new ArrayList<>(parts);
            if (!within.isEmpty()) {
                all.add(new TermPart.Within(within));
            }
            return Term.ofParts(all);
        }
    }

    private final List<Entry> entries;
    private final Map<String, String> references;

    private Terms(List<Entry> entries, Map<String, String> references) {
        if (entries.stream().map(e -> List.of(e.text(), e.within())).distinct().count() < entries.size()) {
            throw InvalidArgumentException.of(
                    "covariates", entries.stream().map(Entry::text).toList(), "distinct names");
        }
        this.entries = List.copyOf(entries);
        this.references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    }

    /**
     * No terms: an intercept alone.
     *
     * @return the terms
     */
    public static Terms none() {
        return new Terms(List.of(), Map.of());
    }

    /**
     * Terms as they are written.
     *
     * @param texts each the name of a covariate or a term, distinct
     * @return the terms; what they mean is told when they meet the names of columns
     */
    public static Terms of(String... texts) {
        List<Entry> entries = new ArrayList<>();
        for (String text : texts) {
            entries.add(new Entry(text, null, ""));
        }
        return new Terms(entries, Map.of());
    }

    /**
     * Terms from a list such as {@code age,phase,ns(year,knots=2005;2012)}.
     *
     * @param list terms with commas between them; commas in parentheses or backquotes part nothing
     * @return the terms
     */
    public static Terms parse(String list) {
        return of(split(list).toArray(String[]::new));
    }

    /**
     * The texts of such a list.
     *
     * @param list terms with commas between them
     * @return its parts without the blanks around them, empty and repeated ones too
     */
    public static List<String> split(String list) {
        return TermText.split(list);
    }

    /**
     * One term more.
     *
     * @param term the term
     * @return the changed terms
     */
    public Terms with(Term term) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(term.toString(), term, ""));
        return new Terms(more, references);
    }

    /**
     * Contrasts of a column against another level than its first.
     *
     * @param column a covariate of levels that stands in one of the terms
     * @param level the level
     * @return the changed terms
     */
    @CheckReturnValue
    public Terms withReference(String column, String level) {
        Map<String, String> more = new LinkedHashMap<>(references);
        more.put(column, level);
        return new Terms(entries, more);
    }

    /**
     * These terms and others after them.
     *
     * @param others the others
     * @return the terms, with the references of both
     * @throws InvalidArgumentException when a term stands in both, or a column has two references
     */
    @CheckReturnValue
    public Terms with(Terms others) {
        List<Entry> more = new ArrayList<>(entries);
        more.addAll(others.entries);
        Map<String, String> levels = new LinkedHashMap<>(references);
        others.references.forEach((column, level) -> {
            if (!level.equals(levels.getOrDefault(column, level))) {
                throw InvalidArgumentException.of("reference of " + column, level, levels.get(column) + ", as before");
            }
            levels.put(column, level);
        });
        return new Terms(more, levels);
    }

    /**
     * All terms within a column of numbers: each is multiplied by it, and its contrasts are those that it has without. With a
     * column of 0 and 1 the terms count in the rows of 1 alone, such as those of one transition; coefficients are named as
     * those of a product.
     *
     * @param column a numeric covariate of the data
     * @return the terms
     */
    @CheckReturnValue
    public Terms withIndicator(String column) {
        return new Terms(
                entries.stream().map(e -> new Entry(e.text(), e.term(), column)).toList(), references);
    }

    /**
     * Whether there are none.
     *
     * @return true for an intercept alone
     */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * The terms as they were written.
     *
     * @return one text an entry
     */
    public List<String> texts() {
        return entries.stream().map(Entry::text).toList();
    }

    /**
     * The references that were named.
     *
     * @return levels by column
     */
    public Map<String, String> references() {
        return references;
    }

    /**
     * The columns that the terms are made of, whether there are such columns or not.
     *
     * @param known names of columns, such as a file's header, which decide what is one name
     * @return names, in the order of the terms
     * @throws InvalidArgumentException when a text is neither a known column nor a term
     */
    public Set<String> columns(Collection<String> known) {
        Set<String> columns = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.term() != null) {
                columns.addAll(entry.term().columns());
            } else {
                TermText.read(entry.text(), known)
                        .forEach(
                                parts -> parts.forEach(p -> columns.add(p.part().column())));
            }
            if (!entry.within().isEmpty()) {
                columns.add(entry.within());
            }
        }
        return columns;
    }

    /**
     * The terms among columns that are there, products by {@code *} written out.
     *
     * @param columns the names of the columns
     * @return distinct terms, in order
     * @throws InvalidArgumentException when a text is neither a column nor a term, a column is not there, or a term
     *     stands twice
     */
    public List<Term> among(Collection<String> columns) {
        Map<Set<TermPart>, Term> terms = new LinkedHashMap<>();
        Set<Set<TermPart>> outright = new LinkedHashSet<>();
        for (Entry entry : entries) {
            List<Term> meant = meant(entry, columns);
            for (Term term : meant) {
                Set<TermPart> parts = Set.copyOf(term.parts());
                if (meant.size() == 1 && !outright.add(parts)) {
                    throw InvalidArgumentException.of(
                            "covariates", texts(), "distinct terms: " + term.label() + " stands there twice");
                }
                terms.putIfAbsent(parts, term);
            }
        }
        return List.copyOf(terms.values());
    }

    private static List<Term> meant(Entry entry, Collection<String> columns) {
        if (entry.term() != null) {
            for (String column : entry.term().columns()) {
                if (!columns.contains(column)) {
                    throw InvalidArgumentException.of("covariate of " + entry.text(), column, "one of " + columns);
                }
            }
            return List.of(entry.placed(entry.term().parts()));
        }
        String text = entry.text();
        List<Term> terms = new ArrayList<>();
        for (List<TermText.Placed> placed : TermText.read(text, columns)) {
            List<TermPart> parts = new ArrayList<>();
            for (TermText.Placed p : placed) {
                String column = p.part().column();
                if (!columns.contains(column)) {
                    boolean alone = text.strip().equals(column);
                    String where = "covariate of term '" + text + "' at character " + p.place();
                    throw InvalidArgumentException.of(alone ? "covariate" : where, column, "one of " + columns);
                }
                parts.add(p.part());
            }
            terms.add(entry.placed(parts));
        }
        return terms;
    }

    /** The design of the terms for some data. */
    Design design(SurvivalData data) {
        if (isEmpty() && references.isEmpty()) {
            return Design.interceptOnly();
        }
        List<List<TermPart>> parts =
                among(data.covariates()).stream().map(Term::parts).toList();
        return Design.of(data, Coding.of(data, parts, references));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Terms that && entries.equals(that.entries) && references.equals(that.references);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entries, references);
    }

    @Override
    public String toString() {
        String text = entries.stream()
                .map(e -> e.within().isEmpty() ? e.text() : e.text() + " within " + e.within())
                .collect(Collectors.joining(", "));
        return references.isEmpty() ? text : text + " with references " + references;
    }
}
