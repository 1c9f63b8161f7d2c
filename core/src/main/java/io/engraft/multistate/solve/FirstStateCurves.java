package io.engraft.multistate.solve;

import java.util.Arrays;

/**
 * Curves of which those that depend on nothing but the law of a state that nobody enters are closed forms: the
 * probability of such a state with fates, and what only its fates lead to.
 */
final class FirstStateCurves implements ModelCurves {

    private final KernelModel model;
    private final ModelCurves others;
    /** By state: nobody enters it, and it is left by fates. */
    private final boolean[] first;

    private final boolean[] exactEntries;
    private final boolean[] exactEvents;

    FirstStateCurves(KernelModel model, ModelCurves others) {
        this.model = model;
        this.others = others;
        this.first = new boolean[model.states];
        this.exactEntries = new boolean[model.states];
        this.exactEvents = new boolean[model.events];
        for (int i = 0; i < model.states; i++) {
            first[i] = !model.isAbsorbing(i)
                    && !model.isEntered(i)
                    && model.channels.get(i).stream().allMatch(KernelModel.Channel::fate);
        }
        Arrays.fill(exactEntries, true);
        Arrays.fill(exactEvents, true);
        for (int i = 0; i < model.states; i++) {
            for (KernelModel.Channel c : model.channels.get(i)) {
                exactEntries[c.to()] &= first[i];
                exactEvents[c.event()] &= first[i];
            }
        }
    }

    @Override
    public double probability(int state, double t) {
        if (first[state]) {
            double stays = model.stays[state];
            for (KernelModel.Channel c : model.channels.get(state)) {
                stays += c.weight() * c.law().survival(t);
            }
            return model.start[state] * stays;
        }
        return model.isAbsorbing(state) ? entries(state, t) : others.probability(state, t);
    }

    @Override
    public double timeIn(int state, double t) {
        return others.timeIn(state, t);
    }

    @Override
    public double entries(int state, double t) {
        return exactEntries[state] ? model.start[state] + left(state, -1, t) : others.entries(state, t);
    }

    @Override
    public double events(int event, double t) {
        return exactEvents[event] ? left(-1, event, t) : others.events(event, t);
    }

    /** Those who left for a state, or by an event. */
    private double left(int to, int event, double t) {
        double sum = 0;
        for (int i = 0; i < model.states; i++) {
            for (KernelModel.Channel c : model.channels.get(i)) {
                if (c.to() == to || c.event() == event) {
                    sum += model.start[i] * c.weight() * c.law().cumulativeProbability(t);
                }
            }
        }
        return sum;
    }

    @Override
    public double error() {
        return others.error();
    }
}
