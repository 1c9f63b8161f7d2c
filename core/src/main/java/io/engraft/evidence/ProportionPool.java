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
 * Proportions of several studies combined by random effects on the logit scale. With x_i of n_i, by default
 *
 * <pre>
 *   x_i ~ Binomial(n_i, p_i),   logit p_i ~ N(mu, tau^2),   pooled proportion = 1 / (1 + exp(-mu)),
 * </pre>
 *
 * <p>by maximum likelihood: exact within studies, so that studies in which none or all had the event need no correction.
 * The pooled proportion is that of the median study; {@link PooledProportion#mean()} is the mean of studies. With D the
 * deviance from the maximum and c = k log(1 + t^2 / (k - 1)), t the quantile of Student's distribution on k - 1 degrees of
 * freedom, its interval holds every mu with D(mu, tau) &lt;= c for some tau, and the prediction interval every mu + tau z
 * with D(mu, tau) + z^2 &lt;= c. In the limit of large equal studies these are the t interval of a mean and of a further
 * observation (there D = k log(1 + t^2 / (k - 1)) exactly); tau goes up to the larger of 1.5 and that limit's own,
 * tau sqrt(1 + t^2 / (k - 1)). Neither is ever narrower than Clopper and Pearson's interval of all patients together. Where
 * none or all of all patients had the event, and with one study, that interval is the pooled one. docs/models.md has the
 * coverage that was measured.
 *
 * <p>{@link #withHeterogeneity}, {@link #withCorrection} and every interval but {@link PoolingInterval#LIKELIHOOD} select
 * the normal-normal form,
 *
 * <pre>
 *   y_i = log(x_i / (n_i - x_i)),   v_i = 1 / x_i + 1 / (n_i - x_i),   w_i = 1 / (v_i + tau^2),   mu = sum w y / sum w.
 * </pre>
 *
 * <p>There the continuity correction (1/2 unless set) is added to x and to n - x in studies with x = 0 or x = n, and only
 * there; the result names them. With rare events that form is biased and its intervals miss.
 *
 * <p>Studies that name the same centre or registry in overlapping years are flagged and never dropped; leave one out by
 * hand.
 *
 * <ol>
 *   <li>R. DerSimonian, N. Laird (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7, 177-188.
 *   <li>R. C. Paule, J. Mandel (1982). Consensus values and weighting factors. Journal of Research of the National Bureau
 *       of Standards 87, 377-385.
 *   <li>J. Hartung, G. Knapp (2001). A refined method for the meta-analysis of controlled clinical trials with binary
 *       outcome. Statistics in Medicine 20, 3875-3889.
 *   <li>J. P. T. Higgins, S. G. Thompson, D. J. Spiegelhalter (2009). A re-evaluation of random-effects meta-analysis.
 *       Journal of the Royal Statistical Society A 172, 137-159.
 *   <li>T. Stijnen, T. H. Hamza, P. &Ouml;zdemir (2010). Random effects meta-analysis of event outcome in the framework of the
 *       generalized linear mixed model with applications in sparse data. Statistics in Medicine 29, 3046-3067.
 *       doi:10.1002/sim.4040
 *   <li>R. J. Hardy, S. G. Thompson (1996). A likelihood approach to meta-analysis with random effects. Statistics in Medicine
 *       15, 619-629.
 *   <li>D. Jackson, M. Law, G. R&uuml;cker, G. Schwarzer (2017). The Hartung-Knapp modification for random-effects
 *       meta-analysis. Statistics in Medicine 36, 3923-3934. doi:10.1002/sim.7411
 *   <li>D. J. Spiegelhalter, K. R. Abrams, J. P. Myles (2004). Bayesian Approaches to Clinical Trials and Health-Care
 *       Evaluation, section 5.7 (sizes of tau). doi:10.1002/0470092602
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
     * The binomial-normal likelihood, level 0.95. In the normal-normal form, once chosen: REML, Hartung-Knapp, correction 1/2.
     *
     * @return the procedure
     */
    public static ProportionPool withDefaults() {
        return new ProportionPool(HeterogeneityMethod.REML, PoolingInterval.LIKELIHOOD, 0.95, 0.5);
    }

    /** The interval in the normal-normal form. */
    private PoolingInterval normal() {
        return interval == PoolingInterval.LIKELIHOOD ? PoolingInterval.HARTUNG_KNAPP : interval;
    }

    /**
     * The normal-normal form with this estimator of the variance between studies.
     *
     * @param value the method
     * @return the procedure with it
     */
    public ProportionPool withHeterogeneity(HeterogeneityMethod value) {
        return new ProportionPool(value, normal(), level, correction);
    }

    /**
     * Another interval; {@link PoolingInterval#LIKELIHOOD} is that of the binomial-normal likelihood, all others are of the
     * normal-normal form.
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
     * The normal-normal form with this continuity correction for studies in which none or all had the event.
     *
     * @param value what is added to x and to n - x, &gt; 0
     * @return the procedure with it
     */
    public ProportionPool withCorrection(double value) {
        return new ProportionPool(method, normal(), level, Require.positive("correction", value));
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
        for (StudyProportion study : studies) {
            if (!labels.add(study.label())) {
                throw InvalidArgumentException.of("study", "'" + study.label() + "' twice", "distinct labels");
            }
        }
        List<StudyProportion> all = List.copyOf(studies);
        PoolFit fit = interval == PoolingInterval.LIKELIHOOD
                ? new BinomialPoolFit(all, level)
                : new NormalPoolFit(all, method, interval, level, correction);
        return new PooledProportion(all, fit, level, overlaps(studies));
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
        String how = interval == PoolingInterval.LIKELIHOOD ? "binomial-normal" : "normal-normal, " + method.label();
        return "pool of proportions, " + how + ", " + interval.label() + ", level " + Brief.number(level);
    }
}
