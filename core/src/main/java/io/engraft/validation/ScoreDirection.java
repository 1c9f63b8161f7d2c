package io.engraft.validation;

/** What a high score means. A concordance in the other direction is one minus it. */
public enum ScoreDirection {
    /** A high score predicts an early event, as a risk or the linear predictor of a Cox model does. */
    HIGH_IS_EARLY("a high score means an early event"),
    /** A high score predicts a late event, as a predicted survival time does; R's concordance of a formula. */
    HIGH_IS_LATE("a high score means a late event");

    private final String label;

    ScoreDirection(String label) {
        this.label = label;
    }

    /**
     * The direction in words.
     *
     * @return for example "a high score means an early event"
     */
    public String label() {
        return label;
    }
}
