package io.engraft.multistate;

import io.engraft.InvalidArgumentException;
import io.engraft.internal.PatientStream;
import io.engraft.internal.Require;
import io.engraft.law.Dirichlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every way through a progressive model: a branch is the time in one state, reached on one way, waiting for one fate. At
 * any time a patient is on exactly one branch, and P(on branch b at t) = P(way to b) P(T_1 + ... + T_m-1 &lt;= t &lt; T_1 +
 * ... + T_m), with T_j the times of the fates along the way. The second factor does not depend on the fates'
 * probabilities, so that every curve of the model is linear in the probabilities of ways.
 */
public final class FateTree {

    private static final int MOST_BRANCHES = 10_000;

    private final FateModel model;
    private final List<Branch> branches;

    private FateTree(FateModel model, List<Branch> branches) {
        this.model = model;
        this.branches = List.copyOf(branches);
    }

    /**
     * The time in one state, reached on one way, waiting for one fate.
     *
     * @param index the place in {@link FateTree#branches()}
     * @param parent the branch whose end leads here, -1 at the start
     * @param state the state
     * @param fate the fate; one that never ends, named "stays", in a state without fates
     * @param probability the probability of the way here and of this fate
     * @param first whether its event has not yet happened on the way here
     */
    public record Branch(int index, int parent, String state, Fate fate, double probability, boolean first) {}

    /**
     * Unrolls a model. Parents come before their children, siblings stand together in the order of the fates.
     *
     * @param model a model in which no state can be entered twice, with at most 10000 branches
     * @return its ways
     * @throws InvalidArgumentException when a state can be entered twice, or there are too many ways
     */
    public static FateTree of(FateModel model) {
        List<String> cycle = model.cycle();
        if (!cycle.isEmpty()) {
            throw new InvalidArgumentException("the model leads from a state back to it (" + String.join(" -> ", cycle)
                    + "); allowed here: models in which no state can be entered twice");
        }
        List<Branch> branches = new ArrayList<>();
        addState(branches, model.state(model.start()), -1, 1);
        for (int b = 0; b < branches.size(); b++) {
            Branch branch = branches.get(b);
            String to = branch.fate().to();
            if (to != null) {
                addState(branches, model.state(to), b, branch.probability());
            }
            if (branches.size() > MOST_BRANCHES) {
                throw InvalidArgumentException.of(
                        "number of ways through the model", "above " + MOST_BRANCHES, "at most " + MOST_BRANCHES);
            }
        }
        return new FateTree(model, branches);
    }

    private static void addState(List<Branch> branches, FateState state, int parent, double probability) {
        List<Fate> fates = state.fates().isEmpty() ? List.of(Fate.stays("stays", 1)) : state.fates();
        for (Fate fate : fates) {
            boolean first = fate.leaves();
            for (int p = parent; p >= 0; p = branches.get(p).parent()) {
                first &= !branches.get(p).fate().event().equals(fate.event());
            }
            branches.add(
                    new Branch(branches.size(), parent, state.name(), fate, probability * fate.probability(), first));
        }
    }

    /**
     * The model.
     *
     * @return what was unrolled
     */
    public FateModel model() {
        return model;
    }

    /**
     * The branches.
     *
     * @return parents before children
     */
    public List<Branch> branches() {
        return branches;
    }

    /**
     * Draws of the probabilities of the ways, for uncertainty. In every state with a sample size n the fates'
     * probabilities are drawn from a Dirichlet law with parameters n p_k + 1/2: what is known after n patients with the
     * stated shares, from Jeffreys' prior. Fates with probability 0 stay impossible. In states without a sample size
     * the probabilities stay as they are, and so do all laws of time. Draw d uses the stream (seed, d) alone.
     *
     * @param draws the number of draws, at least 1
     * @param seed the seed
     * @return {@code probabilities[draw][branch]}
     */
    public double[][] drawProbabilities(int draws, long seed) {
        Require.draws("draws", draws, 1);
        double[][] probabilities = new double[draws][branches.size()];
        for (int d = 0; d < draws; d++) {
            Map<String, double[]> drawn = drawFates(d, seed);
            for (Branch branch : branches) {
                double reach = branch.parent() < 0 ? 1 : probabilities[d][branch.parent()];
                double[] fates = drawn.get(branch.state());
                double own = fates == null
                        ? branch.fate().probability()
                        : fates[model.state(branch.state()).fates().indexOf(branch.fate())];
                probabilities[d][branch.index()] = reach * own;
            }
        }
        return probabilities;
    }

    private Map<String, double[]> drawFates(int index, long seed) {
        PatientStream stream = PatientStream.of(seed, PatientStream.PARAMETERS, index);
        Map<String, double[]> drawn = new HashMap<>();
        for (FateState state : model.states()) {
            if (state.sampleSize() > 0 && !state.fates().isEmpty()) {
                double[] alpha = new double[state.fates().size()];
                for (int k = 0; k < alpha.length; k++) {
                    double p = state.fates().get(k).probability();
                    alpha[k] = p > 0 ? state.sampleSize() * p + 0.5 : 0;
                }
                drawn.put(state.name(), Dirichlet.draw(alpha, stream::next));
            }
        }
        return drawn;
    }

    @Override
    public String toString() {
        return "ways through " + model + ": " + branches.size();
    }
}
