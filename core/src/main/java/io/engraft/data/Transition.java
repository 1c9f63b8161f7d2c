package io.engraft.data;

/**
 * A way from one state to another, known by the states' names and never by its place in a list: where a transition is
 * never seen, the others keep their meaning.
 *
 * @param from the state that is left
 * @param to the state that is entered
 */
public record Transition(String from, String to) {

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
