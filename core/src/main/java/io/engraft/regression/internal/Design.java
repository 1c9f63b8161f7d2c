package io.engraft.regression.internal;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.internal.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The covariates of one parameter: an intercept and columns, held centred and scaled so that the search does not depend
 * on their units. A column that is a combination of earlier ones is left out.
 */
public final class Design {

    /** Below this share of its own variance left over, a column counts as a combination of the earlier ones. */
    private static final double LEAST_SHARE = 1e-11;

    private static final double CONSTANT = 1e-13;
    /** Beyond these standard deviations the variance of a coefficient would be no double. */
    private static final double LEAST_SPREAD = 1e-140;

    private static final double MOST_SPREAD = 1e140;
    private static final int MOST_COLUMNS = 500;

    /** What the columns are called. */
    public final List<String> columns;
    /** For each column its place among those in the fit, -1 where it is left out. */
    public final int[] place;

    /** Columns in the fit. */
    public final int width;
    /** Row by row, centred and scaled. */
    public final double[] x;

    public final double[] mean;
    public final double[] scale;
    /** How the columns come from covariates. */
    public final Coding coding;

    private Design(Coding coding, int[] place, int width, double[] x, double[] mean, double[] scale) {
        this.columns = coding.names();
        this.coding = coding;
        this.place = place;
        this.width = width;
        this.x = x;
        this.mean = mean;
        this.scale = scale;
    }

    public static Design interceptOnly() {
        return new Design(Coding.none(), new int[0], 0, new double[0], new double[0], new double[0]);
    }

    public static Design of(SurvivalData data, Coding coding) {
        requireFew(coding);
        return of(coding, coding.of(data), data);
    }

    public static final String STRATA = "(strata)";

    public static Design ofStrata(SurvivalData data, Categories strata) {
        Coding coding = Coding.ofLevels(STRATA, strata.levels());
        requireFew(coding);
        return of(coding, coding.of(strata), data);
    }

    private static void requireFew(Coding coding) {
        if (coding.names().size() > MOST_COLUMNS) {
            throw InvalidArgumentException.of(
                    "number of columns that covariates or strata take",
                    coding.names().size(),
                    "at most " + MOST_COLUMNS + ", as the information of every pair of them is summed over all rows; a"
                            + " factor takes one a level beside the first");
        }
    }

    private static Design of(Coding coding, List<double[]> values, SurvivalData data) {
        int p = values.size();
        int n = data.size();
        double[] mean = new double[p];
        double[] scale = new double[p];
        if (p > 0) {
            Parallel.run(p, j -> standardise(values.get(j), data, j, mean, scale));
            for (int j = 0; j < p; j++) {
                requireSpread(coding.names().get(j), values.get(j), data, scale[j]);
            }
        }
        double[] all = new double[Math.multiplyExact(n, p)];
        Chunks.forRange(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int j = 0; j < p; j++) {
                    all[i * p + j] = (values.get(j)[i] - mean[j]) / scale[j];
                }
            }
        });
        int[] place = independent(all, n, p, scale, data);
        return compact(coding, place, all, n, mean, scale);
    }

    /** Centres at the mean; a scale of infinity marks a constant column. */
    private static void standardise(double[] v, SurvivalData data, int j, double[] mean, double[] scale) {
        double sum = 0;
        double count = 0;
        double most = 0;
        for (int i = 0; i < v.length; i++) {
            if (data.weight(i) > 0) {
                sum += v[i];
                count++;
                most = Math.max(most, Math.abs(v[i]));
            }
        }
        mean[j] = sum / count;
        double squares = 0;
        for (int i = 0; i < v.length; i++) {
            double d = data.weight(i) > 0 ? v[i] - mean[j] : 0;
            squares += d * d;
        }
        double sd = Math.sqrt(squares / count);
        scale[j] = sd > CONSTANT * most ? sd : Double.POSITIVE_INFINITY;
    }

    private static void requireSpread(String name, double[] v, SurvivalData data, double scale) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < v.length && !(scale > LEAST_SPREAD && scale < MOST_SPREAD); i++) {
            if (data.weight(i) > 0) {
                low = Math.min(low, v[i]);
                high = Math.max(high, v[i]);
            }
        }
        boolean constant = !(high - low > CONSTANT * Math.max(Math.abs(low), Math.abs(high)));
        if (!constant) {
            throw new InvalidDataException(DataProblem.ofWhole("the values of '" + name + "' are between " + low
                            + " and "
                            + high + "; allowed: a standard deviation between " + LEAST_SPREAD + " and " + MOST_SPREAD
                            + ", as the variance of a coefficient is in units of its square: take another unit, and look"
                            + " for values that are none")
                    .inSource(data.source()));
        }
    }

    /** Cholesky's factor of the correlations, left to right: a vanishing pivot is a column that says nothing new. */
    private static int[] independent(double[] all, int n, int p, double[] scale, SurvivalData data) {
        double[][] r = correlations(all, n, p, data);
        int[] place = new int[p];
        int kept = 0;
        for (int j = 0; j < p; j++) {
            double own = r[j][j];
            for (int k = 0; k < j; k++) {
                if (place[k] >= 0) {
                    for (int m = 0; m < k; m++) {
                        r[j][k] -= place[m] >= 0 ? r[j][m] * r[k][m] : 0;
                    }
                    r[j][k] /= r[k][k];
                    r[j][j] -= r[j][k] * r[j][k];
                }
            }
            boolean constant = scale[j] == Double.POSITIVE_INFINITY;
            if (!constant && r[j][j] > LEAST_SHARE * own) {
                r[j][j] = Math.sqrt(r[j][j]);
                place[j] = kept++;
            } else {
                place[j] = -1;
            }
        }
        return place;
    }

    /** Sums of products of the columns, by chunks. */
    private static double[][] correlations(double[] all, int n, int p, SurvivalData data) {
        double[][] sums = new double[Chunks.count(n)][p * (p + 1) / 2];
        Chunks.forRange(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                double[] sum = sums[i / Chunks.ROWS];
                int m = 0;
                for (int j = 0; j < p && data.weight(i) > 0; j++) {
                    double v = all[i * p + j];
                    for (int k = 0; k <= j; k++) {
                        sum[m++] += v * all[i * p + k];
                    }
                }
            }
        });
        double[][] r = new double[p][p];
        for (double[] sum : sums) {
            int m = 0;
            for (int j = 0; j < p; j++) {
                for (int k = 0; k <= j; k++) {
                    r[j][k] += sum[m++];
                }
            }
        }
        return r;
    }

    private static Design compact(Coding coding, int[] place, double[] all, int n, double[] mean, double[] scale) {
        int p = place.length;
        int width = 0;
        for (int at : place) {
            width += at >= 0 ? 1 : 0;
        }
        double[] x = all;
        double[] m = mean;
        double[] s = scale;
        if (width < p) {
            x = new double[n * width];
            m = new double[width];
            s = new double[width];
            for (int j = 0; j < p; j++) {
                if (place[j] >= 0) {
                    m[place[j]] = mean[j];
                    s[place[j]] = scale[j];
                    for (int i = 0; i < n; i++) {
                        x[i * width + place[j]] = all[i * p + j];
                    }
                }
            }
        }
        return new Design(coding, place, width, x, m, s);
    }

    /** The same without some columns of the fit. */
    public Design without(int[] ofFit) {
        boolean[] out = new boolean[width];
        for (int j : ofFit) {
            out[j] = true;
        }
        int[] newPlace = new int[width];
        int kept = 0;
        for (int j = 0; j < width; j++) {
            newPlace[j] = out[j] ? -1 : kept++;
        }
        int[] all = new int[place.length];
        for (int j = 0; j < all.length; j++) {
            all[j] = place[j] < 0 ? -1 : newPlace[place[j]];
        }
        int n = width == 0 ? 0 : x.length / width;
        Design narrow = compact(coding, newPlace, x, n, mean, scale);
        return new Design(coding, all, narrow.width, narrow.x, narrow.mean, narrow.scale);
    }

    /**
     * The same with columns centred and scaled by some of the rows; this where no column's standard deviation among them is
     * below a share of that among all.
     */
    public Design among(IntPredicate rows, double share) {
        double[] m = new double[width];
        double[] s = new double[width];
        Arrays.fill(s, 1);
        boolean any = false;
        for (int j = 0; j < width; j++) {
            double[] meanAndSpread = meanAndSpread(rows, j);
            if (meanAndSpread[1] < share && meanAndSpread[1] > CONSTANT * Math.abs(meanAndSpread[0])) {
                m[j] = meanAndSpread[0];
                s[j] = meanAndSpread[1];
                any = true;
            }
        }
        if (!any) {
            return this;
        }
        double[] values = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = (x[i] - m[i % width]) / s[i % width];
        }
        for (int j = 0; j < width; j++) {
            m[j] = mean[j] + scale[j] * m[j];
            s[j] *= scale[j];
        }
        return new Design(coding, place, width, values, m, s);
    }

    private double[] meanAndSpread(IntPredicate rows, int j) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i * width < x.length; i++) {
            if (rows.test(i)) {
                sum += x[i * width + j];
                count++;
            }
        }
        double centre = sum / count;
        double squares = 0;
        for (int i = 0; i * width < x.length; i++) {
            double d = rows.test(i) ? x[i * width + j] - centre : 0;
            squares += d * d;
        }
        return new double[] {centre, Math.sqrt(squares / count)};
    }

    /** What a column in the fit is called. */
    public String nameOf(int inFit) {
        int j = 0;
        while (place[j] != inFit) {
            j++;
        }
        return columns.get(j);
    }

    /** Names of the columns that were left out. */
    public List<String> leftOut() {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < place.length; j++) {
            if (place[j] < 0) {
                names.add(columns.get(j));
            }
        }
        return names;
    }
}
