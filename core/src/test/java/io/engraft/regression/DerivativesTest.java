package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.CensoredData;
import io.engraft.law.RoystonParmar;
import io.engraft.regression.internal.CureKernel;
import io.engraft.regression.internal.Design;
import io.engraft.regression.internal.GammaKernel;
import io.engraft.regression.internal.GenGammaKernel;
import io.engraft.regression.internal.GompertzKernel;
import io.engraft.regression.internal.Jet;
import io.engraft.regression.internal.Kernel;
import io.engraft.regression.internal.Likelihood;
import io.engraft.regression.internal.LocationScaleKernel;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.RowLikelihood;
import io.engraft.regression.internal.Rows;
import io.engraft.regression.internal.SplineKernel;
import io.engraft.regression.internal.StandardLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** First derivatives against differences of values, second against differences of first. */
class DerivativesTest {

    private static final double H = 2e-4;
    private static final double[] STEPS = {-2, -1, 1, 2};

    /** A kernel and a point of its parameters. */
    static final class Case {
        final String name;
        final Kernel kernel;
        final double[] eta;

        Case(String name, Kernel kernel, double... eta) {
            this.name = name;
            this.kernel = kernel;
            this.eta = eta;
        }
    }

    static List<Case> kernels() {
        List<Case> list = new ArrayList<>();
        list.add(new Case("rate", LocationScaleKernel.rate(), -0.4));
        for (StandardLaw law : StandardLaw.values()) {
            list.add(new Case("log " + law, LocationScaleKernel.plain(law, true, "a", "b"), 0.3, -0.2));
            list.add(new Case("plain " + law, LocationScaleKernel.plain(law, false, "a", "b"), 1.3, 0.4));
            list.add(new Case("fixed " + law, LocationScaleKernel.fixedScale(law, true, 0.5), 0.3));
            list.add(new Case("shape " + law, LocationScaleKernel.shapeAndScale(law), 0.3, 0.5));
        }
        for (double a : new double[] {-0.7, -1e-6, 0, 1e-3, 0.4}) {
            list.add(new Case("gompertz " + a, new GompertzKernel(), a, -0.5));
        }
        for (double q : new double[] {-2.2, -0.6, -0.01, 0, 1e-9, 1e-4, 0.28, 0.3, 1, 2.5}) {
            list.add(new Case("gengamma " + q, new GenGammaKernel(), 0.4, -0.3, q));
        }
        for (double shape : new double[] {-1.2, 0, 1.1, 6}) {
            list.add(new Case("gamma " + shape, new GammaKernel(), shape, shape - 0.3));
        }
        for (RoystonParmar.Scale scale : RoystonParmar.Scale.values()) {
            Kernel spline = new SplineKernel(scale, new double[] {-1.5, -0.2, 0.6, 1.7});
            list.add(new Case("spline " + scale, spline, -0.5, 1.2, 0.05, -0.04));
            list.add(new Case("straight " + scale, new SplineKernel(scale, new double[] {-1, 1}), -0.5, 1.2));
        }
        list.add(new Case(
                "cured weibull",
                new CureKernel(LocationScaleKernel.shapeAndScale(StandardLaw.EXTREME)),
                0.3,
                0.2,
                0.1));
        list.add(new Case("cured gengamma", new CureKernel(new GenGammaKernel()), -0.8, 0.2, 0.1, 0.4));
        return list;
    }

    private static void check(String what, int size, double[] eta, BiConsumer<double[], Jet> f) {
        Jet at = new Jet(size);
        f.accept(eta, at);
        assertThat(at.value).as(what).isFinite();
        for (int k = 0; k < size; k++) {
            Jet[] near = new Jet[4];
            for (int m = 0; m < 4; m++) {
                double[] e = eta.clone();
                e[k] = eta[k] + STEPS[m] * H;
                near[m] = new Jet(size);
                f.accept(e, near[m]);
            }
            double scale = Math.max(1, Math.abs(at.value));
            assertThat(at.g[k])
                    .as(what + " d" + k)
                    .isCloseTo(
                            difference(near[0].value, near[1].value, near[2].value, near[3].value),
                            within(1e-6 * Math.max(scale, Math.abs(at.g[k]))));
            for (int l = 0; l < size; l++) {
                double h = at.h[k >= l ? Jet.at(k, l) : Jet.at(l, k)];
                assertThat(h)
                        .as(what + " d" + k + "d" + l)
                        .isCloseTo(
                                difference(near[0].g[l], near[1].g[l], near[2].g[l], near[3].g[l]),
                                within(1e-6 * Math.max(scale, Math.abs(h))));
            }
        }
    }

    /** The central difference of fourth order over -2H, -H, H, 2H. */
    private static double difference(double a, double b, double c, double d) {
        return (a - 8 * b + 8 * c - d) / (12 * H);
    }

    @Test
    void kernelsDifferentiateRight() {
        for (Case c : kernels()) {
            for (double t : new double[] {0.02, 0.3, 1, 2.7, 9}) {
                double logT = Math.log(t);
                check(c.name + " f " + t, c.eta.length, c.eta, (eta, out) -> c.kernel.logDensity(t, logT, eta, out));
                check(c.name + " S " + t, c.eta.length, c.eta, (eta, out) -> c.kernel.logSurvival(t, logT, eta, out));
            }
        }
    }

    @Test
    void par_offsetDerivatives() {
        // Every kind of row, with late entry and a background hazard: the case of wrong derivatives in flexsurv before
        // 2.1.
        double[] left = {1.2, 0.8, 0.5, 0, 2, 0.7};
        double[] right = {1.2, 0.8, 1.4, 0.9, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] hazard = {0.3, 0, 0.2, 0.1, 0.4, 0.5};
        CensoredData data = CensoredData.of(
                left, right, b -> b.covariate("background", hazard).entry(new double[] {0.4, 0, 0.1, 0, 1, 0}));
        for (Case c : kernels()) {
            if (!c.name.startsWith("plain")) {
                RowLikelihood row = new RowLikelihood(Rows.of(data, "background"), c.kernel);
                for (int i = 0; i < left.length; i++) {
                    int at = i;
                    check(c.name + " row " + i, c.eta.length, c.eta, (eta, out) -> out.copy(row.at(at, eta)));
                }
            }
        }
    }

    @Test
    void likelihoodsDifferentiateRight() {
        SplittableRandom random = new SplittableRandom(1);
        GoldenData golden = new GoldenData();
        for (String family : List.of("weibull", "gengamma", "spline-odds-2", "cure-lognormal", "gompertz")) {
            Rows rows = Rows.of(golden.weightedEntry("wei"), 0, "");
            Kernel kernel = ParametricFamily.parse(family).kernel(rows);
            Design[] designs = Engine.intercepts(kernel.size());
            designs[kernel.location()] = Terms.of("x1", "g").design(golden.weightedEntry("wei"));
            designs[1 - Math.min(kernel.location(), 1)] = Terms.of("x2").design(golden.weightedEntry("wei"));
            Likelihood likelihood = new Likelihood(kernel, rows, designs);
            double[] theta = new double[likelihood.size];
            double[] eta = kernel.starts(rows).get(0);
            for (int k = 0; k < eta.length; k++) {
                theta[likelihood.offset[k]] = eta[k];
            }
            for (int j = 0; j < theta.length; j++) {
                theta[j] += 0.02 * random.nextDouble();
            }
            Objective.Point at = likelihood.at(theta);
            for (int j = 0; j < theta.length; j++) {
                Objective.Point[] near = new Objective.Point[4];
                for (int m = 0; m < 4; m++) {
                    double[] moved = theta.clone();
                    moved[j] = theta[j] + STEPS[m] * H;
                    near[m] = likelihood.at(moved);
                }
                double scale = Math.abs(at.value());
                assertThat(at.gradient()[j])
                        .as(family + " d" + j)
                        .isCloseTo(
                                difference(near[0].value(), near[1].value(), near[2].value(), near[3].value()),
                                within(1e-6 * scale));
                for (int k = 0; k < theta.length; k++) {
                    assertThat(at.hessian()[j][k])
                            .as(family + " d" + j + "d" + k)
                            .isCloseTo(
                                    difference(
                                            near[0].gradient()[k],
                                            near[1].gradient()[k],
                                            near[2].gradient()[k],
                                            near[3].gradient()[k]),
                                    within(1e-6 * Math.max(scale, Math.abs(at.hessian()[j][k]))));
                }
            }
        }
    }
}
