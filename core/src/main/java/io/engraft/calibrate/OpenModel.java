package io.engraft.calibrate;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.internal.Brief;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model some of whose numbers are open, to be calibrated. Either a {@link MultiStateModel} some of whose laws and fate
 * probabilities are open: its own laws and probabilities say where the search starts, and whatever is not opened stays as
 * it is. Or a {@link PathwayModel} some of whose named assumptions are open. Immutable.
 *
 * <p>Open numbers are named "state/event/parameter", for example "remission/relapse/shape" and
 * "remission/relapse/probability", or by the id of the assumption. They move freely on working scales: logarithms of what
 * is positive, logits of assumed probabilities, log ratios of a state's open fate probabilities.
 */
public final class OpenModel implements Tabular {

    private final @Nullable MultiStateModel skeleton;
    private final @Nullable PathwayModel pathway;
    private final List<String> assumptions;
    private final Map<OpenParts.Edge, OpenLaw> laws;
    private final Map<String, List<String>> fates;
    private final boolean oneFamily;

    private OpenModel(
            @Nullable MultiStateModel skeleton,
            @Nullable PathwayModel pathway,
            List<String> assumptions,
            Map<OpenParts.Edge, OpenLaw> laws,
            Map<String, List<String>> fates,
            boolean oneFamily) {
        this.skeleton = skeleton;
        this.pathway = pathway;
        this.assumptions = assumptions;
        this.laws = laws;
        this.fates = fates;
        this.oneFamily = oneFamily;
    }

    /**
     * A model with nothing open yet.
     *
     * @param skeleton states, ways and start, with laws and probabilities to begin with; covariates with values
     * @return the model
     */
    public static OpenModel of(MultiStateModel skeleton) {
        return new OpenModel(skeleton, null, List.of(), Map.of(), Map.of(), false);
    }

    /**
     * A model of fates with nothing open yet.
     *
     * @param skeleton states and fates, with laws and probabilities to begin with
     * @return the model
     */
    public static OpenModel of(FateModel skeleton) {
        return of(MultiStateModel.of(skeleton));
    }

    /**
     * A model whose open numbers are named assumptions; the others stay as they are, and so do the families in its file.
     *
     * @param model the model
     * @param ids the open assumptions, at least one, each once; probabilities strictly between 0 and 1
     * @return the model
     * @throws InvalidArgumentException when an assumption is unknown or given twice, or a probability is 0 or 1
     */
    public static OpenModel of(PathwayModel model, String... ids) {
        Set<String> open = new LinkedHashSet<>();
        for (String id : ids) {
            Assumption assumption = model.assumption(id);
            if (!open.add(id)) {
                throw new InvalidArgumentException("assumption " + id + " is opened twice; allowed: each once");
            }
            if (assumption.unit().equals("probability") && !(assumption.value() > 0 && assumption.value() < 1)) {
                throw InvalidArgumentException.of("open probability " + id, assumption.value(), "0 < " + id + " < 1");
            }
        }
        return new OpenModel(null, model, List.copyOf(open), Map.of(), Map.of(), false);
    }

    /**
     * Opens a law.
     *
     * @param state the state that is left
     * @param event the event of one fate or transition out of it
     * @param law its families, and what is known of its parameters
     * @return the model
     * @throws InvalidArgumentException when there is no such law, the families do not suit a fate, a fixed value is
     *     outside its domain, or the model is one of named assumptions
     */
    @CheckReturnValue
    public OpenModel withOpenLaw(String state, String event, OpenLaw law) {
        OpenParts.Edge edge = OpenParts.edge(multiState(), state, event);
        law.admissible(edge.fate(), edge.name());
        Map<OpenParts.Edge, OpenLaw> open = new LinkedHashMap<>(laws);
        open.put(edge, law);
        OpenModel model = new OpenModel(skeleton, null, List.of(), Collections.unmodifiableMap(open), fates, oneFamily);
        model.combinations();
        return model;
    }

    /**
     * Opens the probabilities of fates of a state: they keep their sum, and the others stay.
     *
     * @param state the state
     * @param events the open fates, at least two with positive probability; none given means all
     * @return the model
     * @throws InvalidArgumentException when a fate is unknown or given twice, fewer than two are open, or one has
     *     probability 0
     */
    @CheckReturnValue
    public OpenModel withOpenFates(String state, String... events) {
        Map<String, List<String>> open = new LinkedHashMap<>(fates);
        open.put(state, OpenParts.openFates(multiState(), state, Arrays.asList(events)));
        return new OpenModel(skeleton, null, List.of(), laws, Collections.unmodifiableMap(open), oneFamily);
    }

    /**
     * All open laws of several families take the same one, instead of every combination.
     *
     * @return the model
     */
    @CheckReturnValue
    public OpenModel withOneFamilyForAll() {
        return new OpenModel(skeleton, pathway, assumptions, laws, fates, true);
    }

    private MultiStateModel multiState() {
        MultiStateModel own = skeleton;
        if (own == null) {
            throw new InvalidArgumentException("laws and fates are opened in a model of named assumptions; allowed: its"
                    + " assumptions, or OpenModel.of(MultiStateModel.of(pathway.model()))");
        }
        return own;
    }

    /**
     * The unit of all times.
     *
     * @return the unit
     */
    public DurationUnit unit() {
        PathwayModel own = pathway;
        return own == null ? multiState().unit() : own.unit();
    }

    /**
     * The model with every open number where the search starts.
     *
     * @return states, ways and start
     */
    public MultiStateModel skeleton() {
        PathwayModel own = pathway;
        return own == null ? multiState() : own.multiStateModel();
    }

    /** One a choice of families. */
    List<Combination> combinations() {
        PathwayModel own = pathway;
        return own == null
                ? OpenParts.combinations(multiState(), laws, fates, oneFamily)
                : List.of(OpenParts.ofAssumptions(own, assumptions));
    }

    /**
     * The open numbers.
     *
     * @return columns families, parameter, scale (the working scale), start
     */
    @Override
    public TidyTable tidy() {
        TidyTable.Builder table = TidyTable.builder()
                .text("families")
                .text("parameter")
                .text("scale")
                .number("start");
        for (Combination c : combinations()) {
            double[] start = c.natural(c.starting());
            List<String> scales = new ArrayList<>();
            c.blocks().forEach(b -> b.names().forEach(n -> scales.add(OpenParts.scale(b))));
            for (int j = 0; j < start.length; j++) {
                table.row(c.label(), c.names().get(j), scales.get(j), start[j]);
            }
        }
        return table.build();
    }

    @Override
    public String toString() {
        return "open model: " + Brief.count(assumptions.size(), "assumption") + ", " + Brief.count(laws.size(), "law")
                + " and the fates of " + Brief.count(fates.size(), "state") + " to be found";
    }
}
