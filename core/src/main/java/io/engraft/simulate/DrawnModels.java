package io.engraft.simulate;

import io.engraft.EngraftException;
import io.engraft.internal.PatientStream;
import io.engraft.law.Dirichlet;
import io.engraft.multistate.Fate;
import io.engraft.multistate.FateState;
import io.engraft.multistate.MultiStateModel;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Models whose numbers are drawn: assumptions over their ranges, and fate probabilities of states with a sample size by
 * Jeffreys' Dirichlet law around those stated. What has a name has a stream by its name, so that pathways that share an
 * assumption share its draws. The draws of an assumption are one from each of equal parts of its law, in an order of its
 * own (Latin hypercube sampling), so that limits of what rests on one assumption have next to no sampling error.
 */
final class DrawnModels {

    private final @Nullable PathwayModel pathway;
    private final MultiStateModel stated;
    private final long seed;
    private final int draws;
    /** By assumption, the part of its law that each draw is from. */
    private final Map<String, int[]> parts = new HashMap<>();

    DrawnModels(@Nullable PathwayModel pathway, MultiStateModel stated, long seed, int draws) {
        this.pathway = pathway;
        this.stated = stated;
        this.seed = seed;
        this.draws = draws;
        if (pathway != null) {
            pathway.assumptions().forEach(a -> parts.put(a.id(), shuffled(a.id())));
        }
    }

    private int[] shuffled(String name) {
        PatientStream random = stream(name, draws);
        int[] places = new int[draws];
        for (int i = 0; i < draws; i++) {
            int j = (int) (random.next() * (i + 1));
            places[i] = places[j];
            places[j] = i;
        }
        return places;
    }

    /** The model of a draw; null where the drawn numbers make none. */
    @Nullable
    MultiStateModel draw(int draw) {
        try {
            MultiStateModel model =
                    pathway == null ? stated : drawn(pathway, draw).multiStateModel();
            return withDrawnFates(model, draw);
        } catch (EngraftException impossible) {
            return null;
        }
    }

    boolean vary() {
        return anyRange() || stated.states().stream().anyMatch(DrawnModels::isDrawn);
    }

    private boolean anyRange() {
        return pathway != null && pathway.assumptions().stream().anyMatch(a -> a.low() < a.high());
    }

    private static boolean isDrawn(FateState state) {
        return state.sampleSize() > 0 && !state.fates().isEmpty();
    }

    /** What varies, in words. */
    String words() {
        List<String> parts = new ArrayList<>();
        if (anyRange()) {
            parts.add("the assumptions over their ranges");
        }
        List<String> states = stated.states().stream()
                .filter(DrawnModels::isDrawn)
                .map(s -> s.name() + " (n = " + s.sampleSize() + ")")
                .toList();
        if (!states.isEmpty()) {
            parts.add("the fate probabilities of " + String.join(", ", states));
        }
        return String.join(", and ", parts);
    }

    private PathwayModel drawn(PathwayModel of, int draw) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Assumption a : of.assumptions()) {
            if (a.low() < a.high()) {
                int part = Objects.requireNonNull(parts.get(a.id()))[draw];
                values.put(a.id(), a.quantile((part + stream(a.id(), draw).next()) / draws));
            }
        }
        return of.withAssumptions(values);
    }

    private PatientStream stream(String name, int draw) {
        return PatientStream.of(seed, PatientStream.PARAMETERS + 1 + Integer.toUnsignedLong(name.hashCode()), draw);
    }

    private MultiStateModel withDrawnFates(MultiStateModel model, int draw) {
        if (stated.states().stream().noneMatch(DrawnModels::isDrawn)) {
            return model;
        }
        MultiStateModel.Builder builder = MultiStateModel.builder(model.unit());
        model.starts().forEach(builder::start);
        for (FateState state : model.states()) {
            if (model.isAbsorbing(state.name())) {
                builder.absorbing(state);
            } else {
                builder.state(isDrawn(state) ? withDrawnFates(state, draw) : state);
            }
        }
        model.transitions().forEach(builder::transition);
        MultiStateModel made = builder.build();
        return model.covariateValues().isEmpty() ? made : made.withCovariates(model.covariateValues());
    }

    private FateState withDrawnFates(FateState state, int draw) {
        List<Fate> around = stated.state(state.name()).fates();
        double[] alpha = around.stream()
                .mapToDouble(f -> state.sampleSize() * f.probability() + 0.5)
                .toArray();
        double[] shares = Dirichlet.draw(alpha, stream(state.name(), draw)::next);
        List<Fate> fates = new ArrayList<>();
        for (int k = 0; k < shares.length; k++) {
            Fate fate = state.fates().get(k);
            fates.add(new Fate(fate.event(), fate.to(), shares[k], fate.law()));
        }
        return new FateState(state.name(), state.label(), state.alive(), state.sampleSize(), fates);
    }
}
