package io.engraft.calibrate;

import io.engraft.InvalidArgumentException;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses targets that name what the model does not have, or that no model at all can meet together. */
final class TargetChecks {

    private static final double SLACK = 1e-9;

    private TargetChecks() {}

    /** A share that a target puts at a time. */
    private record Placed(double time, double least, double most, RateTarget target) {}

    static void check(MultiStateModel model, List<RateTarget> targets, List<RangeOfTimes> ranges) {
        for (RateTarget target : targets) {
            checkNames(model, target.quantity());
        }
        ranges.forEach(r -> event(model, r.event()));
        Map<String, List<Placed>> rising = new LinkedHashMap<>();
        Map<Double, List<RateTarget>> occupancies = new LinkedHashMap<>();
        for (RateTarget target : targets) {
            place(target, rising);
            if (target.quantity() instanceof ModelQuantity.Occupancy q) {
                occupancies.computeIfAbsent(q.time(), t -> new ArrayList<>()).add(target);
            }
        }
        rising.values().forEach(TargetChecks::checkRising);
        occupancies.values().forEach(TargetChecks::checkSum);
    }

    private static void checkNames(MultiStateModel model, ModelQuantity quantity) {
        if (quantity instanceof ModelQuantity.Occupancy q) {
            q.states().stream().sorted().forEach(model::state);
        } else if (quantity instanceof ModelQuantity.OccupancyQuantile q) {
            q.states().stream().sorted().forEach(model::state);
            if (!q.states().containsAll(model.starts().keySet())) {
                throw InvalidArgumentException.of(
                        "states of the target " + quantity,
                        q.states(),
                        "states that hold all starts " + model.starts());
            }
        } else if (quantity instanceof ModelQuantity.FirstEntry q) {
            model.state(q.state());
        } else {
            event(model, String.valueOf(eventOf(quantity)));
        }
    }

    private static void event(MultiStateModel model, String event) {
        if (!model.events().contains(event)) {
            throw InvalidArgumentException.of("event of a target", event, "one of " + model.events());
        }
    }

    private static @Nullable String eventOf(ModelQuantity quantity) {
        if (quantity instanceof ModelQuantity.Incidence q) {
            return q.event();
        }
        if (quantity instanceof ModelQuantity.ShareBefore q) {
            return q.event();
        }
        if (quantity instanceof ModelQuantity.EventQuantile q) {
            return q.event();
        }
        return quantity instanceof ModelQuantity.IncidenceQuantile q ? q.event() : null;
    }

    /** Incidences rise with time; so do shares of all events of a kind. */
    private static void place(RateTarget target, Map<String, List<Placed>> rising) {
        ModelQuantity quantity = target.quantity();
        double slack = target.isRange() && !target.hasPrecision() ? 0 : target.error() * target.allowedResidual();
        if (quantity instanceof ModelQuantity.Incidence q) {
            add(
                    rising,
                    "P(" + q.event() + ")",
                    new Placed(q.time(), target.low() - slack, target.high() + slack, target));
        } else if (quantity instanceof ModelQuantity.FirstEntry q) {
            add(
                    rising,
                    "entry " + q.state(),
                    new Placed(q.time(), target.low() - slack, target.high() + slack, target));
        } else if (quantity instanceof ModelQuantity.ShareBefore q) {
            add(
                    rising,
                    "share " + q.event(),
                    new Placed(q.time(), target.low() - slack, target.high() + slack, target));
        } else if (quantity instanceof ModelQuantity.EventQuantile q) {
            placeQuantile(rising, "share " + q.event(), q.share(), target);
        } else if (quantity instanceof ModelQuantity.IncidenceQuantile q) {
            placeQuantile(rising, "P(" + q.event() + ")", q.probability(), target);
        }
    }

    private static void placeQuantile(Map<String, List<Placed>> rising, String key, double share, RateTarget target) {
        if (target.countsAsShare()) {
            double slack = target.error() * target.allowedResidual();
            add(rising, key, new Placed(target.low(), 0, share + slack, target));
            add(rising, key, new Placed(target.high(), share - slack, 1, target));
            return;
        }
        double slack = Math.exp(target.error() * target.allowedResidual());
        add(rising, key, new Placed(target.low() / slack, 0, share, target));
        add(rising, key, new Placed(target.high() * slack, share, 1, target));
    }

    private static void add(Map<String, List<Placed>> rising, String key, Placed placed) {
        rising.computeIfAbsent(key, k -> new ArrayList<>()).add(placed);
    }

    private static void checkRising(List<Placed> placed) {
        for (Placed early : placed) {
            for (Placed late : placed) {
                if (early.time() <= late.time() && early.least() > late.most() + SLACK) {
                    throw new InvalidArgumentException("targets contradict each other: " + early.target() + " and "
                            + late.target() + "; allowed: no decrease with time");
                }
            }
        }
    }

    /** Disjoint states at one time hold at most everyone. */
    private static void checkSum(List<RateTarget> together) {
        Map<String, Integer> seen = new HashMap<>();
        double least = 0;
        for (RateTarget target : together) {
            Set<String> states = ((ModelQuantity.Occupancy) target.quantity()).states();
            states.forEach(s -> seen.merge(s, 1, Integer::sum));
            least += Math.max(0, target.low() - (target.isRange() ? 0 : target.error() * target.allowedResidual()));
        }
        boolean disjoint = Collections.max(seen.values()) == 1;
        if (disjoint && least > 1 + SLACK) {
            throw new InvalidArgumentException("targets contradict each other: " + together
                    + " sum to more than 1; allowed: at most 1, because nobody is in two states at once");
        }
    }
}
