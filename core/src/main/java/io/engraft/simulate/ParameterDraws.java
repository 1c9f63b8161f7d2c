package io.engraft.simulate;

import io.engraft.InvalidArgumentException;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.FateState;
import io.engraft.multistate.FateTree;
import org.jspecify.annotations.Nullable;

/** For every draw and slot, the drawn probability of the way there over the stated one; or nothing. */
final class ParameterDraws {

    private final double[][] ratios;

    private ParameterDraws(double[][] ratios) {
        this.ratios = ratios;
    }

    static ParameterDraws of(CompiledModel model, int draws, long seed) {
        if (draws == 0) {
            return new ParameterDraws(new double[0][]);
        }
        FateModel fates = model.fates;
        if (fates == null) {
            throw InvalidArgumentException.of(
                    "draws", draws, "0 where a model has hazards or several starts: draws are of fate probabilities");
        }
        @Nullable FateTree tree = model.tree;
        if (tree == null) {
            // Its error names the loop, or the number of ways.
            tree = FateTree.of(fates);
        }
        boolean any = fates.states().stream()
                .anyMatch(s -> s.sampleSize() > 0 && !s.fates().isEmpty());
        if (!any) {
            throw new InvalidArgumentException("parameter draws were asked for, but no state of the model has a sample"
                    + " size; allowed: at least one sample size, in states "
                    + fates.states().stream().map(FateState::name).toList());
        }
        double[][] ratios = tree.drawProbabilities(draws, seed);
        for (double[] ratio : ratios) {
            for (int slot = 0; slot < ratio.length; slot++) {
                double stated = tree.branches().get(slot).probability();
                ratio[slot] = stated > 0 ? ratio[slot] / stated : 0;
            }
        }
        return new ParameterDraws(ratios);
    }

    int count() {
        return ratios.length;
    }

    /** The drawn values of a quantity that is a sum of parts by slot. */
    double[] values(double[] parts) {
        double[] values = new double[ratios.length];
        for (int d = 0; d < values.length; d++) {
            double sum = 0;
            for (int slot = 0; slot < parts.length; slot++) {
                sum += ratios[d][slot] * parts[slot];
            }
            values[d] = sum;
        }
        return values;
    }
}
