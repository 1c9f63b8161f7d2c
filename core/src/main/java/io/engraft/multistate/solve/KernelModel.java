package io.engraft.multistate.solve;

import io.engraft.law.Exponential;
import io.engraft.law.LawOfTime;
import io.engraft.multistate.Clock;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.HazardTransition;
import io.engraft.multistate.MultiStateModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A multi-state model by numbers: what the solvers work on. */
final class KernelModel {

    final int states;
    final double[] start;
    final int events;
    /** By state. */
    final List<List<Channel>> channels;
    /** The probability of fates that never end, by state. */
    final double[] stays;

    /**
     * One way out of a state.
     *
     * @param weight the multiplier of a hazard, or the probability of a fate
     */
    record Channel(int to, int event, LawOfTime law, double weight, boolean fate, Clock clock) {

        boolean forward() {
            return clock == Clock.FORWARD;
        }

        /** Whether its rate depends on nothing but the time since the start. */
        boolean markov() {
            RateSteps steps = RateSteps.of(law);
            return !fate && (forward() || (steps != null && steps.isConstant()));
        }
    }

    private KernelModel(double[] start, int events, List<List<Channel>> channels, double[] stays) {
        this.states = start.length;
        this.start = start;
        this.events = events;
        this.channels = channels;
        this.stays = stays;
    }

    static KernelModel of(MultiStateModel model) {
        List<String> names = model.stateNames();
        List<String> events = model.events();
        int n = names.size();
        double[] start = new double[n];
        model.starts().forEach((state, p) -> start[names.indexOf(state)] = p);
        double[] stays = new double[n];
        List<List<Channel>> channels = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Channel> own = new ArrayList<>();
            FateState state = model.state(names.get(i));
            for (Fate fate : state.fates()) {
                LawOfTime law = fate.law();
                String to = fate.to();
                if (law == null || to == null) {
                    stays[i] += fate.probability();
                } else if (fate.probability() > 0) {
                    int event = events.indexOf(fate.event());
                    own.add(new Channel(names.indexOf(to), event, law, fate.probability(), true, Clock.RESET));
                }
            }
            for (HazardTransition t : model.transitionsFrom(state.name())) {
                int to = names.indexOf(t.to());
                own.add(new Channel(to, events.indexOf(t.event()), t.law(), model.multiplier(t), false, t.clock()));
            }
            channels.add(stays[i] == 0 ? withoutMemory(own) : List.copyOf(own));
        }
        return new KernelModel(start, events.size(), channels, stays);
    }

    /** Fates that all end at one and the same constant rate are competing constant hazards. */
    private static List<Channel> withoutMemory(List<Channel> own) {
        boolean one = !own.isEmpty()
                && own.get(0).law() instanceof Exponential
                && own.stream()
                        .allMatch(c -> c.fate() && c.law().equals(own.get(0).law()));
        return one
                ? own.stream()
                        .map(c -> new Channel(c.to(), c.event(), c.law(), c.weight(), false, c.clock()))
                        .toList()
                : List.copyOf(own);
    }

    /** The same model for someone who starts in one state. */
    KernelModel startingIn(int state) {
        double[] at = new double[states];
        at[state] = 1;
        return new KernelModel(at, events, channels, stays);
    }

    /** The same model with a state that is never left. */
    KernelModel absorbing(int state) {
        List<List<Channel>> cut = new ArrayList<>(channels);
        cut.set(state, List.of());
        return new KernelModel(start, events, cut, stays);
    }

    /** The same model with one more state, the last one, which an event leads to, whatever it led to before. */
    KernelModel ending(int event) {
        List<List<Channel>> cut = new ArrayList<>();
        for (List<Channel> own : channels) {
            cut.add(own.stream()
                    .map(c -> c.event() == event
                            ? new Channel(states, event, c.law(), c.weight(), c.fate(), c.clock())
                            : c)
                    .toList());
        }
        cut.add(List.of());
        return new KernelModel(Arrays.copyOf(start, states + 1), events, cut, Arrays.copyOf(stays, states + 1));
    }

    /** A bound on the probability to leave a state, that was entered at a time, within a duration. */
    static double leaving(List<Channel> own, double origin, double duration) {
        double sum = 0;
        for (Channel c : own) {
            if (c.fate()) {
                sum += c.weight() * c.law().cumulativeProbability(duration);
            } else if (c.forward()) {
                double before = c.law().cumulativeHazard(origin);
                sum += c.weight() * (c.law().cumulativeHazard(origin + duration) - before);
            } else {
                sum += c.weight() * c.law().cumulativeHazard(duration);
            }
        }
        return sum;
    }

    boolean isAbsorbing(int state) {
        return channels.get(state).isEmpty();
    }

    boolean isMarkov() {
        return channels.stream().allMatch(own -> own.stream().allMatch(Channel::markov));
    }

    boolean isStepwise() {
        return channels.stream().allMatch(own -> own.stream().allMatch(c -> RateSteps.of(c.law()) != null));
    }

    boolean isEntered(int state) {
        return channels.stream().anyMatch(own -> own.stream().anyMatch(c -> c.to() == state));
    }

    /** Whether a state can be left and entered again. */
    boolean isOnCycle(int state) {
        return channels.get(state).stream().anyMatch(c -> reaches(c.to(), state));
    }

    /** Whether an event can happen twice to the same patient. */
    boolean canRepeat(int event) {
        for (List<Channel> own : channels) {
            for (Channel c : own) {
                if (c.event() != event) {
                    continue;
                }
                for (int i = 0; i < states; i++) {
                    boolean again = channels.get(i).stream().anyMatch(d -> d.event() == event);
                    if (again && reaches(c.to(), i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean reaches(int from, int to) {
        boolean[] seen = new boolean[states];
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int at = open.remove(open.size() - 1);
            if (at == to) {
                return true;
            }
            if (!seen[at]) {
                seen[at] = true;
                channels.get(at).forEach(c -> open.add(c.to()));
            }
        }
        return false;
    }
}
