package io.engraft.history;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The choices that endpoints leave open, declared. By default a second transplantation does not count in event-free
 * survival, only death competes with GVHD, chronic GVHD counts in CRFS where it is moderate or severe, and neither donor
 * lymphocytes nor a second transplantation censor anything. Immutable.
 */
@CheckReturnValue
public final class EndpointRules {

    private static final EndpointRules DEFAULTS = new EndpointRules(
            false,
            false,
            ChronicGvhdCriterion.MODERATE_OR_SEVERE,
            EnumSet.noneOf(Endpoint.class),
            EnumSet.noneOf(Endpoint.class));

    private final boolean secondTransplantInEfs;
    private final boolean relapseCompetesWithGvhd;
    private final ChronicGvhdCriterion chronicGvhdInCrfs;
    private final Set<Endpoint> censoredAtDonorLymphocytes;
    private final Set<Endpoint> censoredAtSecondTransplant;

    private EndpointRules(
            boolean secondTransplantInEfs,
            boolean relapseCompetesWithGvhd,
            ChronicGvhdCriterion chronicGvhdInCrfs,
            Set<Endpoint> censoredAtDonorLymphocytes,
            Set<Endpoint> censoredAtSecondTransplant) {
        this.secondTransplantInEfs = secondTransplantInEfs;
        this.relapseCompetesWithGvhd = relapseCompetesWithGvhd;
        this.chronicGvhdInCrfs = chronicGvhdInCrfs;
        this.censoredAtDonorLymphocytes = copy(censoredAtDonorLymphocytes);
        this.censoredAtSecondTransplant = copy(censoredAtSecondTransplant);
        if (this.censoredAtSecondTransplant.contains(Endpoint.ENGRAFTMENT)
                || (secondTransplantInEfs && this.censoredAtSecondTransplant.contains(Endpoint.EFS))) {
            throw InvalidArgumentException.of(
                    "endpoints censored at a second transplant",
                    this.censoredAtSecondTransplant.stream()
                            .map(Endpoint::label)
                            .toList(),
                    "endpoints of which a second transplant is neither an event nor a competing event");
        }
    }

    private static Set<Endpoint> copy(Set<Endpoint> endpoints) {
        EnumSet<Endpoint> kept = EnumSet.noneOf(Endpoint.class);
        kept.addAll(endpoints);
        return Collections.unmodifiableSet(kept);
    }

    /**
     * The defaults.
     *
     * @return the rules above
     */
    public static EndpointRules withDefaults() {
        return DEFAULTS;
    }

    /**
     * Whether a second transplantation is an event of event-free survival.
     *
     * @param counts true where it is
     * @return rules with it
     */
    public EndpointRules withSecondTransplantInEfs(boolean counts) {
        return new EndpointRules(
                counts,
                relapseCompetesWithGvhd,
                chronicGvhdInCrfs,
                censoredAtDonorLymphocytes,
                censoredAtSecondTransplant);
    }

    /**
     * Whether relapse competes with acute and chronic GVHD, as death does. If not, GVHD after relapse counts.
     *
     * @param competes true where it does
     * @return rules with it
     */
    public EndpointRules withRelapseCompetingWithGvhd(boolean competes) {
        return new EndpointRules(
                secondTransplantInEfs,
                competes,
                chronicGvhdInCrfs,
                censoredAtDonorLymphocytes,
                censoredAtSecondTransplant);
    }

    /**
     * Which chronic GVHD counts in CRFS.
     *
     * @param criterion the criterion
     * @return rules with it
     */
    public EndpointRules withChronicGvhdInCrfs(ChronicGvhdCriterion criterion) {
        return new EndpointRules(
                secondTransplantInEfs,
                relapseCompetesWithGvhd,
                criterion,
                censoredAtDonorLymphocytes,
                censoredAtSecondTransplant);
    }

    /**
     * Which endpoints are censored at the first donor lymphocyte infusion.
     *
     * @param endpoints these and no others
     * @return rules with it
     */
    public EndpointRules withCensoringAtDonorLymphocytes(Set<Endpoint> endpoints) {
        return new EndpointRules(
                secondTransplantInEfs,
                relapseCompetesWithGvhd,
                chronicGvhdInCrfs,
                endpoints,
                censoredAtSecondTransplant);
    }

    /**
     * Which endpoints are censored at the second transplantation.
     *
     * @param endpoints these and no others
     * @return rules with it
     * @throws InvalidArgumentException when it is an event or a competing event of one of them
     */
    public EndpointRules withCensoringAtSecondTransplant(Set<Endpoint> endpoints) {
        return new EndpointRules(
                secondTransplantInEfs,
                relapseCompetesWithGvhd,
                chronicGvhdInCrfs,
                censoredAtDonorLymphocytes,
                endpoints);
    }

    /**
     * Whether a second transplantation is an event of event-free survival.
     *
     * @return true where it is
     */
    public boolean secondTransplantInEfs() {
        return secondTransplantInEfs;
    }

    /**
     * Whether relapse competes with GVHD.
     *
     * @return true where it does
     */
    public boolean relapseCompetesWithGvhd() {
        return relapseCompetesWithGvhd;
    }

    /**
     * Which chronic GVHD counts in CRFS.
     *
     * @return the criterion
     */
    public ChronicGvhdCriterion chronicGvhdInCrfs() {
        return chronicGvhdInCrfs;
    }

    /**
     * The endpoints that are censored at donor lymphocytes.
     *
     * @return in the order of {@link Endpoint}
     */
    public Set<Endpoint> censoredAtDonorLymphocytes() {
        return censoredAtDonorLymphocytes;
    }

    /**
     * The endpoints that are censored at the second transplantation.
     *
     * @return in the order of {@link Endpoint}
     */
    public Set<Endpoint> censoredAtSecondTransplant() {
        return censoredAtSecondTransplant;
    }

    /**
     * Every choice in words, for reports.
     *
     * @return one sentence a choice
     */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("A second transplant " + (secondTransplantInEfs ? "is" : "is not") + " an event of EFS.");
        lines.add("Relapse " + (relapseCompetesWithGvhd ? "competes" : "does not compete") + " with GVHD.");
        lines.add("CRFS ends with " + chronicGvhdInCrfs.words() + ", relapse or death.");
        lines.add("Censored at donor lymphocytes: " + names(censoredAtDonorLymphocytes) + ".");
        lines.add("Censored at a second transplant: " + names(censoredAtSecondTransplant) + ".");
        lines.add("On one day relapse comes before death, an event before a competing event, and either before"
                + " censoring.");
        return List.copyOf(lines);
    }

    private static String names(Set<Endpoint> endpoints) {
        return endpoints.isEmpty()
                ? "no endpoint"
                : endpoints.stream().map(Endpoint::title).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return String.join("; ", describe());
    }
}
