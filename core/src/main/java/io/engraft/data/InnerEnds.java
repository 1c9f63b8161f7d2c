package io.engraft.data;

import org.jspecify.annotations.Nullable;

/**
 * The ends of rows at which nothing ended: a row without an event whose end is the start of the same patient's next row, as
 * where follow-up is split at the change of a covariate. The patient stays under observation, so such an end is neither a
 * censoring nor an end of follow-up. Which ends count as one time is said by {@link TieRule#DEFAULT}. Immutable.
 */
public final class InnerEnds {

    private static final InnerEnds NONE = new InnerEnds(null);

    private final boolean @Nullable [] inner;

    private InnerEnds(boolean @Nullable [] inner) {
        this.inner = inner;
    }

    /**
     * The inner ends of some data.
     *
     * @param data follow-up; without ids or without entry times there are none
     * @return its inner ends, whatever groups and strata the rows are of
     */
    public static InnerEnds of(SurvivalData data) {
        Categories id = data.id().orElse(null);
        double[] entry = data.rawEntry();
        if (id == null || entry == null) {
            return NONE;
        }
        int[] rows = new PatientRows(id, entry, data.rawTime(), data.rawStatus(), null).byPatient();
        boolean[] found = new boolean[data.size()];
        boolean any = false;
        for (int k = 1; k < rows.length; k++) {
            int before = rows[k - 1];
            int row = rows[k];
            found[before] = id.code(before) == id.code(row)
                    && data.status(before) == 0
                    && PatientRows.adjoin(data.time(before), entry[row]);
            any |= found[before];
        }
        return any ? new InnerEnds(found) : NONE;
    }

    /**
     * Whether there are any.
     *
     * @return false where each row without an event ends with a censoring
     */
    public boolean any() {
        return inner != null;
    }

    /**
     * Whether the patient goes on in another row where a row ends.
     *
     * @param row from 0
     * @return true for an inner end
     */
    public boolean at(int row) {
        return inner != null && inner[row];
    }

    @Override
    public String toString() {
        int found = 0;
        for (int i = 0; inner != null && i < inner.length; i++) {
            found += inner[i] ? 1 : 0;
        }
        return found + (found == 1 ? " inner end" : " inner ends");
    }
}
