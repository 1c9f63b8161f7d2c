package io.engraft.evidence;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.internal.Brief;
import io.engraft.internal.Require;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Proportions of several studies combined by random effects on the logit scale. With x_i of n_i,
 *
 * <pre>
 *   y_i = log(x_i / (n_i - x_i)),   v_i = 1 / x_i + 1 / (n_i - x_i),   w_i = 1 / (v_i + tau^2),
 *   mu = sum w y / sum w,   pooled proportion = 1 / (1 + exp(-mu)).
 * </pre>
 *
 * <p>In studies with x = 0 or x = n, and only there, the continuity correction (1/2 unless set) is added to x and to n - x;
 * the result names them. The pooled proportion is that of the median study, on the probability scale. Studies that name the
 * same centre or registry in overlapping years are flagged and never dropped; leave one out by hand.
 *
 * <ol>
 *   <li>R. DerSimonian, N. Laird (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7, 177-188.
 *   <li>R. C. Paule, J. Mandel (1982). Consensus values and weighting factors. Journal of Research of the National Bureau
 *       of Standards 87, 377-385.
 *   <li>J. Hartung, G. Knapp (2001). A refined method for the meta-analysis of controlled clinical trials with binary
 *       outcome. Statistics in Medicine 20, 3875-3889.
 *   <li>J. P. T. Higgins, S. G. Thompson, D. J. Spiegelhalter (2009). A re-evaluation of random-effects meta-analysis.
 *       Journal of the Royal Statistical Society A 172, 137-159.
 * </ol>
 */
@CheckReturnValue
public final class ProportionPool {

    private final HeterogeneityMethod method;
    private final PoolingInterval interval;
    private final double level;
    private final double correction;

    private ProportionPool(HeterogeneityMethod method, PoolingInterval interval, double level, double correction) {
        this.method = method;
        this.interval = interval;
        this.level = level;
        this.correction = correction;
    }

    /**
     * REML, Hartung-Knapp, level 0.95, correction 1/2.
     *
     * @return the procedure
     */
    public static ProportionPool withDefaults() {
        return new ProportionPool(HeterogeneityMethod.REML, PoolingInterval.HARTUNG_KNAPP, 0.95, 0.5);
    }

    /**
     * Another estimator of the variance between studies.
     *
     * @param value the method
     * @return the procedure with it
     */
    public ProportionPool withHeterogeneity(HeterogeneityMethod value) {
        return new ProportionPool(value, interval, level, correction);
    }

    /**
     * Another interval.
     *
     * @param value the kind of interval
     * @return the procedure with it
     */
    public ProportionPool withInterval(PoolingInterval value) {
        return new ProportionPool(method, value, level, correction);
    }

    /**
     * Another level, of the pooled, the prediction and the studies' own intervals.
     *
     * @param value strictly between 0 and 1
     * @return the procedure with it
     */
    public ProportionPool withLevel(double value) {
        return new ProportionPool(method, interval, Require.properFraction("level", value), correction);
    }

    /**
     * Another continuity correction for studies in which none or all had the event.
     *
     * @param value what is added to x and to n - x, &gt; 0
     * @return the procedure with it
     */
    public ProportionPool withCorrection(double value) {
        return new ProportionPool(method, interval, level, Require.positive("correction", value));
    }

    /**
     * Combines.
     *
     * @param studies one or more, with distinct labels
     * @return the pooled proportion, with what it rests on
     * @throws InvalidArgumentException when there is no study, or two have one label
     */
    public PooledProportion fit(List<StudyProportion> studies) {
        if (studies.isEmpty()) {
            throw InvalidArgumentException.of("studies", "empty", "one or more");
        }
        Set<String> labels = new HashSet<>();
        double[] y = new double[studies.size()];
        double[] v = new double[studies.size()];
        List<String> corrected = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            StudyProportion study = studies.get(i);
            if (!labels.add(study.label())) {
                throw InvalidArgumentException.of("study", "'" + study.label() + "' twice", "distinct labels");
            }
            int rest = study.patients() - study.events();
            boolean extreme = study.events() == 0 || rest == 0;
            if (extreme) {
                corrected.add(study.label());
            }
            double x = study.events() + (extreme ? correction : 0);
            double z = rest + (extreme ? correction : 0);
            y[i] = Math.log(x / z);
            v[i] = 1 / x + 1 / z;
        }
        return new PooledProportion(
                new PooledProportion.Choices(method, interval, level, correction),
                studies,
                RandomEffects.fit(y, v, method),
                corrected,
                overlaps(studies));
    }

    private static List<CohortOverlap> overlaps(List<StudyProportion> studies) {
        List<CohortOverlap> found = new ArrayList<>();
        for (int i = 0; i < studies.size(); i++) {
            for (int j = i + 1; j < studies.size(); j++) {
                overlap(studies.get(i), studies.get(j), found);
            }
        }
        return found;
    }

    private static void overlap(StudyProportion a, StudyProportion b, List<CohortOverlap> found) {
        boolean known = a.firstYear().isPresent()
                && a.lastYear().isPresent()
                && b.firstYear().isPresent()
                && b.lastYear().isPresent();
        boolean apart = (a.lastYear().isPresent()
                        && b.firstYear().isPresent()
                        && a.lastYear().getAsInt() < b.firstYear().getAsInt())
                || (b.lastYear().isPresent()
                        && a.firstYear().isPresent()
                        && b.lastYear().getAsInt() < a.firstYear().getAsInt());
        if (apart) {
            return;
        }
        for (String registry : a.registries()) {
            if (b.registries().stream().anyMatch(other -> key(other).equals(key(registry)))) {
                String when = known
                        ? "in overlapping years (" + years(a) + " and " + years(b) + ")"
                        : "and the years do not tell them apart";
                found.add(new CohortOverlap(
                        a.label(),
                        b.label(),
                        registry,
                        known,
                        a.label() + " and " + b.label() + " both have patients of " + registry + " " + when
                                + ": they may count the same patients"));
                return;
            }
        }
    }

    private static String years(StudyProportion study) {
        return study.firstYear().getAsInt() + "-" + study.lastYear().getAsInt();
    }

    private static String key(String registry) {
        return registry.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "pool of proportions, " + method.label() + ", " + interval.label() + ", level " + Brief.number(level);
    }
}
