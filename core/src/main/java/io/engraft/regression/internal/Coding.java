package io.engraft.regression.internal;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Terms coded as columns of numbers, for the rows of a data set and in the same way for any patient later.
 *
 * <p>A column of levels has a column for each level but its reference, unless a product stands without the part of it
 * that is left when the levels are taken away: then one for each level, so that what {@code phase + age:phase} spans does
 * not depend on the reference. The columns of a product are those of its parts multiplied, the first part's running
 * fastest.
 */
public final class Coding {

    /** A term's columns: where they begin among all, and the parts that they are products of. */
    private record Block(String label, int first, int width, List<CodedPart> parts) {}

    /** What is to be known of a term: its name, its columns, references and knots by part. */
    public record Described(
            String label, List<String> columns, Map<String, String> references, Map<String, List<Double>> knots) {}

    /** The covariates of one patient. */
    public interface Patient {
        double number(String column);

        String level(String column);
    }

    private final List<Block> blocks;
    private final List<String> names;

    private Coding(List<Block> blocks, List<String> names) {
        this.blocks = blocks;
        this.names = List.copyOf(names);
    }

    /** No columns. */
    public static Coding none() {
        return new Coding(List.of(), List.of());
    }

    /** Codes terms, each a list of its parts, whose columns are all known to the data. */
    public static Coding of(SurvivalData data, List<List<TermPart>> terms, Map<String, String> references) {
        requireNumbers(data, terms);
        requireReferences(data, terms, references);
        List<Block> blocks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (List<TermPart> term : terms) {
            List<CodedPart> parts = new ArrayList<>();
            for (TermPart part : term) {
                parts.add(CodedPart.of(part, data, references, needsAllLevels(part, term, terms)));
            }
            add(label(term), parts, blocks, names);
        }
        return new Coding(blocks, names);
    }

    /** Contrasts of a column of levels that is no covariate. */
    static Coding ofLevels(String column, List<String> levels) {
        List<Block> blocks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (levels.size() > 1) {
            add(column, List.of(new CodedPart.Levels(column, levels, levels.get(0), false)), blocks, names);
        }
        return new Coding(blocks, names);
    }

    private static void add(String label, List<CodedPart> parts, List<Block> blocks, List<String> names) {
        List<String> products = List.of("");
        for (CodedPart part : parts) {
            List<String> longer = new ArrayList<>();
            for (String name : part.names()) {
                for (String product : products) {
                    longer.add(product.isEmpty() ? name : product + ":" + name);
                }
            }
            products = longer;
        }
        blocks.add(new Block(label, names.size(), products.size(), List.copyOf(parts)));
        names.addAll(products);
    }

    /** What a term is called. */
    public static String label(List<TermPart> term) {
        return String.join(":", term.stream().map(TermPart::label).toList());
    }

    private static void requireNumbers(SurvivalData data, List<List<TermPart>> terms) {
        for (List<TermPart> term : terms) {
            for (TermPart part : term) {
                if (!(part instanceof TermPart.Plain) && !CodedPart.isNumeric(data, part.column())) {
                    throw InvalidArgumentException.of(
                            "column of " + part.label(),
                            part.column() + ", with the levels "
                                    + data.categoricalCovariate(part.column()).levels(),
                            "a column of numbers; " + part.column() + " alone gives contrasts of its levels");
                }
            }
        }
    }

    private static void requireReferences(
            SurvivalData data, List<List<TermPart>> terms, Map<String, String> references) {
        Set<String> levelled = new LinkedHashSet<>();
        terms.forEach(term -> term.stream()
                .map(TermPart::column)
                .filter(column -> !CodedPart.isNumeric(data, column))
                .forEach(levelled::add));
        references.forEach((column, level) -> {
            if (!levelled.contains(column)) {
                throw InvalidArgumentException.of(
                        "column with a reference", column, "one of the columns of levels among the terms, " + levelled);
            }
            List<String> levels = data.categoricalCovariate(column).levels();
            if (!levels.contains(level)) {
                throw InvalidArgumentException.ofText("reference of " + column, level, "one of " + levels);
            }
        });
    }

    /** Whether no term before, within the same columns, contains what is left of a term without one of its parts. */
    private static boolean needsAllLevels(TermPart part, List<TermPart> term, List<List<TermPart>> terms) {
        List<TermPart> within = parts(term, true);
        List<TermPart> all = parts(term, false);
        List<TermPart> rest = all.stream().filter(other -> !other.equals(part)).toList();
        int place = terms.indexOf(term);
        for (int k = 0; k < terms.size(); k++) {
            List<TermPart> other = parts(terms.get(k), false);
            boolean before = other.size() < all.size() || (other.size() == all.size() && k < place);
            if (before && other.containsAll(rest) && parts(terms.get(k), true).equals(within)) {
                return false;
            }
        }
        return !rest.isEmpty();
    }

    private static List<TermPart> parts(List<TermPart> term, boolean within) {
        return term.stream()
                .filter(part -> part instanceof TermPart.Within == within)
                .toList();
    }

    /** What the columns are called. */
    List<String> names() {
        return names;
    }

    /** The terms in order. */
    public List<Described> described() {
        List<Described> all = new ArrayList<>();
        for (Block block : blocks) {
            Map<String, String> references = new LinkedHashMap<>();
            Map<String, List<Double>> knots = new LinkedHashMap<>();
            for (CodedPart part : block.parts()) {
                String reference = part.reference();
                if (reference != null) {
                    references.put(part.column(), reference);
                }
                if (part.knots().length > 0) {
                    List<Double> at = new ArrayList<>();
                    for (double knot : part.knots()) {
                        at.add(knot);
                    }
                    knots.put(part.column(), Collections.unmodifiableList(at));
                }
            }
            all.add(new Described(
                    block.label(),
                    names.subList(block.first(), block.first() + block.width()),
                    Collections.unmodifiableMap(references),
                    Collections.unmodifiableMap(knots)));
        }
        return all;
    }

    /** Adds the columns of numbers, or of levels, that a patient needs. */
    public void addColumns(boolean ofLevels, Collection<String> columns) {
        for (Block block : blocks) {
            for (CodedPart part : block.parts()) {
                if (part.levels().isEmpty() != ofLevels) {
                    columns.add(part.column());
                }
            }
        }
    }

    /** The values of all columns for one patient. */
    public double[] of(Patient patient) {
        double[] values = new double[names.size()];
        for (Block block : blocks) {
            Product product = new Product(block);
            for (int p = 0; p < product.parts.length; p++) {
                block.parts().get(p).fill(patient, product.parts[p]);
            }
            product.multiply();
            System.arraycopy(product.values, 0, values, block.first(), block.width());
        }
        return values;
    }

    /** The columns for the rows of the data. */
    List<double[]> of(SurvivalData data) {
        List<double[]> columns = new ArrayList<>();
        for (Block block : blocks) {
            double[] plain = block.parts().size() == 1 && block.parts().get(0) instanceof CodedPart.Numbers numbers
                    ? numbers.plain(data)
                    : null;
            if (plain != null) {
                columns.add(plain);
                continue;
            }
            List<CodedPart.Filler> fillers =
                    block.parts().stream().map(part -> part.of(data)).toList();
            columns.addAll(columns(block, fillers, data.size()));
        }
        return columns;
    }

    /** The contrasts of a column of levels, as {@link #ofLevels}. */
    List<double[]> of(Categories rows) {
        if (blocks.isEmpty()) {
            return List.of();
        }
        Block block = blocks.get(0);
        CodedPart.Levels part = (CodedPart.Levels) block.parts().get(0);
        return columns(block, List.of(part.of(rows)), rows.size());
    }

    private static List<double[]> columns(Block block, List<CodedPart.Filler> fillers, int n) {
        double[][] columns = new double[block.width()][n];
        Chunks.forRange(n, (from, to) -> {
            Product product = new Product(block);
            for (int i = from; i < to; i++) {
                for (int p = 0; p < product.parts.length; p++) {
                    fillers.get(p).fill(i, product.parts[p]);
                }
                product.multiply();
                for (int c = 0; c < columns.length; c++) {
                    columns[c][i] = product.values[c];
                }
            }
        });
        return List.of(columns);
    }

    /** The work space of one row of a term. */
    private static final class Product {
        private final double[][] parts;
        private final double[] values;

        private Product(Block block) {
            this.parts = new double[block.parts().size()][];
            for (int p = 0; p < parts.length; p++) {
                parts[p] = new double[block.parts().get(p).width()];
            }
            this.values = new double[block.width()];
        }

        private void multiply() {
            System.arraycopy(parts[0], 0, values, 0, parts[0].length);
            int width = parts[0].length;
            for (int p = 1; p < parts.length; p++) {
                // From behind, so that the products so far are read before they are written over.
                for (int b = parts[p].length - 1; b >= 0; b--) {
                    for (int a = 0; a < width; a++) {
                        values[b * width + a] = values[a] * parts[p][b];
                    }
                }
                width *= parts[p].length;
            }
        }
    }
}
