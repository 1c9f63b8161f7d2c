package io.engraft.multistate.fit;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.SurvivalData;
import io.engraft.internal.CauseChoice;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.Terms;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cox models of the hazards of all causes of failure, and with them the absolute risk of each: the probability that it
 * happens first, by a time, with the covariates of a patient. Each cause's model takes the other causes as censored; together
 * they say what a single one does not, as a covariate that lowers the hazard of one cause leaves more patients to the others.
 * Immutable.
 *
 * <ol>
 *   <li>R. L. Prentice, J. D. Kalbfleisch, A. V. Peterson, N. Flournoy, V. T. Farewell, N. E. Breslow (1978). The analysis of
 *       failure times in the presence of competing risks. Biometrics 34, 541-554.
 * </ol>
 */
@CheckReturnValue
public final class CauseSpecificCox {

    private final CoxModel model;
    private final Map<CauseChoice, Terms> special;
    private final SurvivalForm form;

    private CauseSpecificCox(CoxModel model, Map<CauseChoice, Terms> special, SurvivalForm form) {
        this.model = model;
        this.special = Collections.unmodifiableMap(new LinkedHashMap<>(special));
        this.form = form;
    }

    /**
     * Models of one kind for all causes.
     *
     * @param model the model, without a cause
     * @return the procedure, risks by the product limit
     */
    public static CauseSpecificCox of(CoxModel model) {
        return new CauseSpecificCox(model, Map.of(), SurvivalForm.PRODUCT_LIMIT);
    }

    /**
     * Other covariates for one cause, in place of the model's.
     *
     * @param code the status code of the cause, 1 or more
     * @param terms its terms
     * @return the changed procedure
     */
    public CauseSpecificCox withCovariates(int code, Terms terms) {
        return with(CauseChoice.of(code), terms);
    }

    /**
     * Other covariates for one cause, in place of the model's.
     *
     * @param label the cause's label in the data
     * @param terms its terms
     * @return the changed procedure
     */
    public CauseSpecificCox withCovariates(String label, Terms terms) {
        return with(CauseChoice.of(label), terms);
    }

    private CauseSpecificCox with(CauseChoice cause, Terms terms) {
        Map<CauseChoice, Terms> more = new LinkedHashMap<>(special);
        more.put(cause, terms);
        return new CauseSpecificCox(model, more, form);
    }

    /**
     * How hazards become risks.
     *
     * @param value the form
     * @return the changed procedure
     */
    public CauseSpecificCox withForm(SurvivalForm value) {
        return new CauseSpecificCox(model, special, value);
    }

    /**
     * Fits the models of all causes that have events.
     *
     * @param data the data
     * @return the fits, whatever their status
     * @throws InvalidDataException when there are no events
     * @throws InvalidArgumentException when the model has a cause, covariates were given for a cause that the data do not
     *     have, or as {@link CoxModel#fit} says
     */
    public CauseSpecificFit fit(SurvivalData data) {
        Map<Integer, CoxFit> fits = new LinkedHashMap<>(model.fitCauses(data));
        Map<Integer, Terms> own = new LinkedHashMap<>();
        special.forEach((cause, terms) -> own.put(cause.codeAmong(data.causes()), terms));
        own.forEach((code, terms) -> {
            if (!fits.containsKey(code)) {
                throw InvalidArgumentException.of("cause with covariates of its own", code, "one that has events");
            }
            fits.put(code, model.withCovariates(terms).withCause(code).fit(data));
        });
        return new CauseSpecificFit(fits, data.causes(), form);
    }

    @Override
    public String toString() {
        return "cause-specific " + model + ", risks by " + form.label() + (special.isEmpty() ? "" : ", " + special);
    }
}
