package io.engraft.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.SurvivalData;
import io.engraft.regression.internal.Objective;
import io.engraft.regression.internal.risk.PartialLikelihood;
import java.util.Random;
import java.util.stream.IntStream;

/** Drawn rows with ties, late entry and weights of 0, of which laws must hold. */
final class LawRows {

    final int n;
    final double[] time;
    final double[] entry;
    final int[] status;
    final double[] age;
    final double[] dose;
    final double[] weight;
    final String[] centre;

    LawRows(int n, int causes, long seed) {
        this.n = n;
        this.time = new double[n];
        this.entry = new double[n];
        this.status = new int[n];
        this.age = new double[n];
        this.dose = new double[n];
        this.weight = new double[n];
        this.centre = new String[n];
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            time[i] = 1 + random.nextInt(30);
            entry[i] = random.nextInt(3) == 0 ? Math.floor(time[i] * random.nextDouble()) : 0;
            status[i] = Math.min(random.nextInt(3), causes);
            age[i] = random.nextGaussian() * 10 + 40;
            dose[i] = random.nextInt(4);
            weight[i] = random.nextInt(3);
            centre[i] = "c" + random.nextInt(2);
        }
    }

    static double[] pick(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> values[i]).toArray();
    }

    /** Some of the rows, any as often as it is named. */
    SurvivalData.Builder of(int[] rows) {
        return SurvivalData.builder(
                        pick(time, rows), IntStream.of(rows).map(i -> status[i]).toArray())
                .entry(pick(entry, rows))
                .covariate("age", pick(age, rows))
                .covariate("dose", pick(dose, rows));
    }

    Categories centres(int[] rows) {
        return Categories.of(IntStream.of(rows).mapToObj(i -> centre[i]).toList());
    }

    int[] all() {
        return IntStream.range(0, n).toArray();
    }

    /** Whether two fits say the same, but for rounding. */
    static void same(RegressionFit a, RegressionFit b, double tolerance) {
        assertThat(a.status()).isEqualTo(b.status());
        assertThat(a.logLikelihood()).isCloseTo(b.logLikelihood(), within(tolerance * Math.abs(b.logLikelihood())));
        for (int j = 0; j < a.coefficients().size(); j++) {
            Coefficient x = a.coefficients().get(j);
            Coefficient y = b.coefficients().get(j);
            double se = y.value().standardError().orElse(0);
            double size = Math.abs(y.value().estimate()) + se;
            assertThat(x.value().estimate()).isCloseTo(y.value().estimate(), within(tolerance * size));
            assertThat(x.value().standardError().orElse(0)).isCloseTo(se, within(tolerance * size));
            assertThat(x.stdError().orElse(0)).isCloseTo(y.stdError().orElse(0), within(tolerance * size));
        }
    }

    /** The gradient and Hessian against differences, and the rows' own scores against the gradient. */
    void requireDerivatives(PartialLikelihood likelihood, boolean scored) {
        double[] theta = {0.3, -0.2};
        Objective.Point at = likelihood.at(theta);
        double[] sum = new double[2];
        if (scored) {
            likelihood.scores(theta, (i, score) -> {
                for (int j = 0; j < 2; j++) {
                    sum[j] += weight[i] * score[j];
                }
            });
        }
        for (int j = 0; j < 2; j++) {
            double h = 1e-5;
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[j] += h;
            down[j] -= h;
            Objective.Point above = likelihood.at(up);
            Objective.Point below = likelihood.at(down);
            assertThat((above.value() - below.value()) / (2 * h)).isCloseTo(at.gradient()[j], within(1e-6));
            if (scored) {
                assertThat(sum[j]).isCloseTo(at.gradient()[j], within(1e-10));
            }
            double least = Math.min(1e-5, 1e-6 * Math.abs(at.hessian()[j][j]));
            for (int k = 0; k < 2; k++) {
                assertThat((above.gradient()[k] - below.gradient()[k]) / (2 * h))
                        .isCloseTo(at.hessian()[k][j], within(least));
            }
        }
    }
}
