package io.engraft.regression.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Newton's method on objectives that are no likelihood of rows. */
class NewtonTest {

    /** A function of two coefficients, by its value and derivatives. */
    private interface Formula {
        /** f, fx, fy, fxx, fxy, fyy. */
        double[] at(double x, double y);
    }

    private static Objective objective(double unit, Formula f) {
        return new Objective() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public Point at(double[] theta) {
                double[] v = f.at(theta[0], theta[1]);
                return new Point(v[0], new double[] {v[1], v[2]}, new double[][] {{v[3], v[4]}, {v[4], v[5]}});
            }

            @Override
            public double unit(int coefficient) {
                return unit;
            }

            @Override
            public String name(int coefficient) {
                return coefficient == 0 ? "x" : "y";
            }
        };
    }

    private static Newton.End search(Objective objective, boolean[] fixed, double... start) {
        return new Newton(objective, fixed, 200).from(start);
    }

    private static final boolean[] FREE = new boolean[2];

    /** -(x - 1)^2 - 3 (y - x)^2: maximum 0 at (1, 1). */
    private static final Formula BOWL = (x, y) -> new double[] {
        -(x - 1) * (x - 1) - 3 * (y - x) * (y - x), -2 * (x - 1) + 6 * (y - x), -6 * (y - x), -8, 6, -6
    };

    @Test
    void aBowlTakesOneStepAndOneThatChecksIt() {
        Newton.End end = search(objective(1, BOWL), FREE, 2, 0);
        assertThat(end.converged()).isTrue();
        assertThat(end.theta()).containsExactly(new double[] {1, 1}, within(1e-14));
        assertThat(end.iterations()).isLessThanOrEqualTo(2);
        assertThat(end.runaway()).isEqualTo(-1);
    }

    @Test
    void aFixedCoefficientStays() {
        // With y = 4: -2 (x - 1) + 6 (4 - x) = 0, x = 26/8.
        Newton.End end = search(objective(1, BOWL), new boolean[] {false, true}, 2, 4);
        assertThat(end.theta()[1]).isEqualTo(4);
        assertThat(end.theta()[0]).isCloseTo(3.25, within(1e-14));
    }

    @Test
    void rosenbrocksValleyIsFollowed() {
        Formula valley = (x, y) -> {
            double b = y - x * x;
            return new double[] {
                -(1 - x) * (1 - x) - 100 * b * b,
                2 * (1 - x) + 400 * x * b,
                -200 * b,
                -2 + 400 * b - 800 * x * x,
                400 * x,
                -200
            };
        };
        Newton.End end = search(objective(1, valley), FREE, -1.2, 1);
        assertThat(end.converged()).isTrue();
        assertThat(end.theta()).containsExactly(new double[] {1, 1}, within(1e-9));
    }

    @Test
    void aSaddleIsLeft() {
        // -(x^2 - 1)^2 - y^2 has its least value in x at 0; the maxima are at 1 and -1.
        Formula saddle = (x, y) ->
                new double[] {-(x * x - 1) * (x * x - 1) - y * y, -4 * x * (x * x - 1), -2 * y, -12 * x * x + 4, 0, -2};
        Newton.End end = search(objective(1, saddle), FREE, 0.05, 2);
        assertThat(end.converged()).isTrue();
        assertThat(Math.abs(end.theta()[0])).isCloseTo(1, within(1e-9));
    }

    @Test
    void oneThatRunsAwayIsTold() {
        // -exp(-x) - y^2 rises for ever as x grows, by ever less.
        Objective objective = objective(
                1, (x, y) -> new double[] {-Math.exp(-x) - y * y, Math.exp(-x), -2 * y, -Math.exp(-x), 0, -2});
        Newton.End end = search(objective, FREE, 0, 1);
        assertThat(end.runaway()).isZero();
        assertThat(objective.name(end.runaway())).isEqualTo("x");
    }

    @Test
    void stepsAreHeldToFourUnits() {
        // Of unit 1e-3 the bowl is 1000 units away: 250 steps.
        Newton.End end = search(objective(1e-3, BOWL), FREE, 2, 2);
        assertThat(end.converged()).isFalse();
        assertThat(end.iterations()).isEqualTo(200);
        assertThat(end.theta()[0]).isCloseTo(2 - 200 * 4e-3, within(1e-6));
    }

    @Test
    void whereThereIsNoValueNothingIsClimbed() {
        Newton.End end = search(objective(1, (x, y) -> new double[] {Double.NaN, 0, 0, -1, 0, -1}), FREE, 1, 2);
        assertThat(end.converged()).isFalse();
        assertThat(end.iterations()).isZero();
        assertThat(end.theta()).containsExactly(1, 2);
    }
}
