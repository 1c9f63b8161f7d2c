package io.engraft.multistate.solve;

import io.engraft.law.BackgroundMortality;
import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.law.MixtureCure;
import io.engraft.law.PiecewiseExponential;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A hazard that is constant between cuts: the (k+1)-th rate holds from the k-th cut on. */
final class RateSteps {

    private final double[] cuts;
    private final double[] rates;

    /** A law that can tell its steps. */
    interface Stepped {
        RateSteps steps();
    }

    RateSteps(double[] cuts, double[] rates) {
        this.cuts = cuts.clone();
        this.rates = rates.clone();
    }

    /** The steps of a law's hazard, or null where it has none. */
    static @Nullable RateSteps of(LawOfTime law) {
        if (law instanceof Exponential exponential) {
            return new RateSteps(new double[0], new double[] {exponential.rate()});
        }
        if (law instanceof PiecewiseExponential piecewise) {
            return new RateSteps(piecewise.cuts(), piecewise.rates());
        }
        return law instanceof Stepped stepped ? stepped.steps() : null;
    }

    /** The times at which a law's hazard jumps. */
    static double[] jumps(LawOfTime law) {
        if (law instanceof MixtureCure cure) {
            return jumps(cure.uncured());
        }
        if (law instanceof BackgroundMortality background) {
            double[] excess = jumps(background.excess());
            double[] both = Arrays.copyOf(
                    background.population().cuts(), background.population().cuts().length + excess.length);
            System.arraycopy(excess, 0, both, both.length - excess.length, excess.length);
            return both;
        }
        RateSteps steps = of(law);
        return steps == null ? new double[0] : steps.cuts();
    }

    boolean isConstant() {
        return cuts.length == 0;
    }

    double[] cuts() {
        return cuts.clone();
    }

    /** The rate that holds right after a time. */
    double rateAfter(double t) {
        int at = Arrays.binarySearch(cuts, t + 0.0);
        return rates[at >= 0 ? at + 1 : -at - 1];
    }
}
