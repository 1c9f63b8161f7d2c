package io.engraft.multistate;

import io.engraft.data.DurationUnit;
import io.engraft.law.Exponential;
import io.engraft.law.Gamma;
import io.engraft.law.LawOfTime;
import io.engraft.law.LogLogistic;
import io.engraft.law.LogNormal;
import io.engraft.law.Weibull;
import io.engraft.multistate.solve.StepHazard;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Models for tests. */
public final class Models {

    private Models() {}

    public static final String LAST = "end";

    /** What may be drawn for a random model. */
    public enum Kind {
        /** Constant rates, or constant between cuts. */
        STEPS,
        /** Forward clocks and constant rates. */
        FORWARD,
        /** Everything. */
        ANY
    }

    /** Two to five states on a ring with shortcuts, the last one absorbing, from a seed. */
    public static MultiStateModel random(long seed, Kind kind) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 1 + random.nextInt(4);
        MultiStateModel.Builder builder = MultiStateModel.builder(DurationUnit.MONTHS);
        if (n > 1 && random.nextInt(3) == 0) {
            builder.start("s0", 0.75).start("s1", 0.25);
        } else {
            builder.start("s0");
        }
        for (int i = 0; i < n; i++) {
            List<String> targets = new ArrayList<>();
            targets.add(i + 1 < n ? "s" + (i + 1) : LAST);
            for (int j = 0; j < n; j++) {
                if (j != i && j != i + 1 && random.nextInt(3) == 0) {
                    targets.add("s" + j);
                }
            }
            if (i + 1 < n && random.nextBoolean()) {
                targets.add(LAST);
            }
            String name = "s" + i;
            if (kind == Kind.ANY && random.nextInt(3) == 0) {
                builder.state(FateState.of(name, true, fates(targets, random)));
            } else {
                builder.state(name);
                targets.forEach(to -> builder.transition(name, to, law(random, kind), clock(random, kind)));
            }
        }
        return builder.absorbing(LAST, false).build();
    }

    private static Clock clock(SplittableRandom random, Kind kind) {
        return kind != Kind.ANY || random.nextBoolean() ? Clock.FORWARD : Clock.RESET;
    }

    private static Fate[] fates(List<String> targets, SplittableRandom random) {
        Fate[] fates = new Fate[targets.size() + 1];
        double left = 1;
        for (int k = 0; k < targets.size(); k++) {
            double p = left * (0.2 + 0.6 * random.nextDouble());
            fates[k] = Fate.leaves("to " + targets.get(k), targets.get(k), p, law(random, Kind.ANY));
            left -= p;
        }
        fates[targets.size()] = Fate.stays("stays", left);
        return fates;
    }

    private static LawOfTime law(SplittableRandom random, Kind kind) {
        double scale = Math.exp(4 * random.nextDouble() - 0.5);
        double shape = Math.exp(2 * random.nextDouble() - 0.7);
        if (kind == Kind.STEPS) {
            return random.nextInt(3) == 0
                    ? new StepHazard(
                            new double[] {1, 1 + 9 * random.nextDouble()},
                            new double[] {1 / scale, shape / scale, 0.3 / scale})
                    : Exponential.of(1 / scale);
        }
        return switch (random.nextInt(kind == Kind.ANY ? 5 : 4)) {
            case 0 -> Exponential.of(1 / scale);
            case 1 -> Weibull.of(shape, scale);
            case 2 -> LogLogistic.of(shape, scale);
            case 3 -> LogNormal.of(Math.log(scale), 0.4 + shape / 2);
            default -> Gamma.of(shape, scale / shape);
        };
    }
}
