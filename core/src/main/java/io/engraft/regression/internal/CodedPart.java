package io.engraft.regression.internal;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.DataCheck;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a term with all that is needed to give its columns for any patient: knots, levels, the reference. */
abstract class CodedPart {

    private final String column;
    private final List<String> names;

    CodedPart(String column, List<String> names) {
        this.column = column;
        this.names = List.copyOf(names);
    }

    /** Takes a row and puts its values into some places of an array. */
    interface Filler {
        void fill(int row, double[] out);
    }

    final String column() {
        return column;
    }

    /** What the columns are called. */
    final List<String> names() {
        return names;
    }

    final int width() {
        return names.size();
    }

    abstract Filler of(SurvivalData data);

    abstract void fill(Coding.Patient patient, double[] out);

    /** All levels in the data's order; empty for a number. */
    abstract List<String> levels();

    /** The level that the others are against, null for a number or where every level has a column. */
    abstract @Nullable String reference();

    /** Knots of a spline, the outer ones included; empty without. */
    abstract double[] knots();

    /** A column of levels, one column for each but the reference, or for each. */
    static final class Levels extends CodedPart {

        private final List<String> all;
        private final String reference;
        private final boolean full;
        /** For each level in the data's order the column that is 1, -1 for none. */
        private final int[] place;

        Levels(String column, List<String> all, String reference, boolean full) {
            super(column, names(column, all, reference, full));
            this.all = all;
            this.reference = reference;
            this.full = full;
            this.place = new int[all.size()];
            int next = 0;
            for (String level : shown(all, reference, full)) {
                place[all.indexOf(level)] = ++next;
            }
            for (int j = 0; j < place.length; j++) {
                place[j]--;
            }
        }

        private static List<String> shown(List<String> all, String reference, boolean full) {
            return all.stream()
                    .filter(level -> full || !level.equals(reference))
                    .toList();
        }

        private static List<String> names(String column, List<String> all, String reference, boolean full) {
            return shown(all, reference, full).stream()
                    .map(level -> column + "=" + level)
                    .toList();
        }

        @Override
        Filler of(SurvivalData data) {
            return of(data.categoricalCovariate(column()));
        }

        Filler of(Categories rows) {
            return (i, out) -> fill(rows.code(i), out);
        }

        private void fill(int code, double[] out) {
            Arrays.fill(out, 0);
            if (place[code] >= 0) {
                out[place[code]] = 1;
            }
        }

        @Override
        void fill(Coding.Patient patient, double[] out) {
            String level = patient.level(column());
            int code = all.indexOf(level);
            if (code < 0) {
                throw InvalidArgumentException.of("covariate " + column(), level, "one of " + all);
            }
            fill(code, out);
        }

        @Override
        List<String> levels() {
            return all;
        }

        @Override
        @Nullable
        String reference() {
            return full ? null : reference;
        }

        @Override
        double[] knots() {
            return new double[0];
        }
    }

    /** A number, or a function of one. */
    static final class Numbers extends CodedPart {

        private final TermPart part;
        private final @Nullable NaturalBasis basis;

        Numbers(TermPart part, @Nullable NaturalBasis basis) {
            super(part.column(), names(part, basis));
            this.part = part;
            this.basis = basis;
        }

        private static List<String> names(TermPart part, @Nullable NaturalBasis basis) {
            List<String> names = new ArrayList<>();
            int width = basis == null ? 1 : basis.width();
            for (int k = 1; k <= width; k++) {
                names.add(basis == null ? part.label() : part.label() + k);
            }
            return names;
        }

        @Override
        Filler of(SurvivalData data) {
            double[] x = data.numericCovariate(column());
            requireDomain(x, data);
            return (i, out) -> fill(x[i], out);
        }

        /** The column itself, where the part is nothing else. */
        double @Nullable [] plain(SurvivalData data) {
            return part instanceof TermPart.Plain ? data.numericCovariate(column()) : null;
        }

        private void requireDomain(double[] x, SurvivalData data) {
            if (domain().isEmpty()) {
                return;
            }
            List<DataProblem> problems = new ArrayList<>();
            double[] out = new double[width()];
            for (int i = 0; i < x.length && problems.size() < DataCheck.MOST_PROBLEMS; i++) {
                fill(x[i], out);
                if (!Double.isFinite(out[0])) {
                    problems.add(DataProblem.ofRow(
                                    data.sourceRow(i),
                                    column(),
                                    x[i],
                                    part.label() + " is " + out[0] + "; allowed: " + domain())
                            .inSource(data.source()));
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidDataException(problems);
            }
        }

        /** What the column's values must be, beside finite; empty where any finite value will do. */
        private String domain() {
            if (part instanceof TermPart.Log) {
                return column() + " > 0";
            }
            return part instanceof TermPart.Power ? "values whose power is a finite number" : "";
        }

        private void fill(double x, double[] out) {
            if (basis != null) {
                basis.fill(x, out, 0);
            } else if (part instanceof TermPart.Log) {
                out[0] = Math.log(x);
            } else if (part instanceof TermPart.Power power) {
                out[0] = Math.pow(x, power.exponent());
            } else {
                out[0] = x;
            }
        }

        @Override
        void fill(Coding.Patient patient, double[] out) {
            double x = patient.number(column());
            fill(x, out);
            if (!Double.isFinite(out[0])) {
                throw InvalidArgumentException.of(
                        "covariate " + column(), x, domain() + ", as " + part.label() + " is " + out[0]);
            }
        }

        @Override
        List<String> levels() {
            return List.of();
        }

        @Override
        @Nullable
        String reference() {
            return null;
        }

        @Override
        double[] knots() {
            return basis == null ? new double[0] : basis.knots();
        }
    }

    static boolean isNumeric(SurvivalData data, String name) {
        return data.hasNumericCovariate(name) || !data.covariates().contains(name);
    }

    /** Codes a part of a term for some data. */
    static CodedPart of(TermPart part, SurvivalData data, Map<String, String> references, boolean full) {
        String column = part.column();
        if (!(part instanceof TermPart.Plain) || isNumeric(data, column)) {
            return new Numbers(part, part instanceof TermPart.Spline spline ? basis(spline, data) : null);
        }
        List<String> levels = data.categoricalCovariate(column).levels();
        if (levels.size() < 2) {
            throw new InvalidDataException(DataProblem.ofWhole(
                            "levels of " + column + " is " + levels + "; allowed: two or more, for a contrast")
                    .inSource(data.source()));
        }
        return new Levels(column, levels, references.getOrDefault(column, levels.get(0)), full);
    }

    /** Outer knots at the least and the largest value, inner ones as given or at evenly spaced quantiles. */
    private static NaturalBasis basis(TermPart.Spline spline, SurvivalData data) {
        Replicated values = Replicated.of(data.numericCovariate(spline.column()), data);
        if (!(values.count() > 0)) {
            throw new InvalidDataException(DataProblem.ofWhole(
                            "every row has weight 0, so " + spline.label() + " has no knots; allowed: positive weights")
                    .inSource(data.source()));
        }
        double[] knots = new double[spline.width() + 1];
        int last = knots.length - 1;
        knots[0] = values.least();
        knots[last] = values.largest();
        for (int j = 1; j < last; j++) {
            knots[j] = spline.knots().isEmpty()
                    ? values.quantile(j, last)
                    : spline.knots().get(j - 1);
        }
        NaturalBasis basis = NaturalBasis.of(knots);
        if (basis == null) {
            throw InvalidArgumentException.of(
                    "knots of " + spline.label(),
                    Arrays.toString(knots),
                    "ascending, distinct ones between the least and the largest value of " + spline.column()
                            + "; fewer columns, or knots of your own such as ns(" + spline.column()
                            + ",knots=20;40), mend it");
        }
        return basis;
    }
}
