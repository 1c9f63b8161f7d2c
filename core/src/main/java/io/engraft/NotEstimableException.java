package io.engraft;

/**
 * The number behind a quantity that cannot be estimated was asked for as if it could. Ask {@code isEstimable()} first,
 * or use the optional accessor.
 */
public final class NotEstimableException extends EngraftException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with the reason why there is no number.
     *
     * @param reason why the quantity is not estimable
     */
    public NotEstimableException(String reason) {
        super("not estimable: " + reason, null);
    }
}
