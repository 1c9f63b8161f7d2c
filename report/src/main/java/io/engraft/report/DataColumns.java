package io.engraft.report;

import io.engraft.CheckReturnValue;
import io.engraft.data.Dataset;
import java.util.List;

/**
 * What the columns of the data are called, and what else a heading says of them. Immutable.
 */
@CheckReturnValue
public final class DataColumns {

    private final String time;
    private final String status;
    private final String group;
    private final String id;
    private final String cluster;
    private final String sourceNote;
    private final boolean unitAssumed;
    private final List<List<String>> events;
    private final List<String> censored;

    private DataColumns(
            String time,
            String status,
            String group,
            String id,
            String cluster,
            String sourceNote,
            boolean unitAssumed,
            List<List<String>> events,
            List<String> censored) {
        this.time = time;
        this.status = status;
        this.group = group;
        this.id = id;
        this.cluster = cluster;
        this.sourceNote = sourceNote;
        this.unitAssumed = unitAssumed;
        this.events = events;
        this.censored = censored;
    }

    /**
     * Columns whose names are not known: texts then name none, and "group", "id" and "cluster" stand for the rest.
     *
     * @return the columns
     */
    public static DataColumns unnamed() {
        return new DataColumns("", "", "group", "id", "cluster", "", false, List.of(), List.of());
    }

    /**
     * Columns by name; those of groups, ids and clusters are called "group", "id" and "cluster" unless named.
     *
     * @param time that of the follow-up or stop time
     * @param status that of the status
     * @return the columns
     */
    public static DataColumns of(String time, String status) {
        return new DataColumns(time, status, "group", "id", "cluster", "", false, List.of(), List.of());
    }

    /**
     * Whether the columns have names.
     *
     * @return false for {@link #unnamed()}
     */
    public boolean isNamed() {
        return !time.isEmpty();
    }

    /**
     * With the name of the column of groups.
     *
     * @param name the name
     * @return new columns
     */
    public DataColumns withGroup(String name) {
        return new DataColumns(time, status, name, id, cluster, sourceNote, unitAssumed, events, censored);
    }

    /**
     * With the name of the column of ids.
     *
     * @param name the name
     * @return new columns
     */
    public DataColumns withId(String name) {
        return new DataColumns(time, status, group, name, cluster, sourceNote, unitAssumed, events, censored);
    }

    /**
     * With the name of the column of clusters.
     *
     * @param name the name
     * @return new columns
     */
    public DataColumns withCluster(String name) {
        return new DataColumns(time, status, group, id, name, sourceNote, unitAssumed, events, censored);
    }

    /**
     * With the source and licence of an embedded data set, which text then names.
     *
     * @param dataset the data set
     * @return new columns
     */
    public DataColumns withDataset(Dataset dataset) {
        String note = dataset.source() + " Licence: " + dataset.licence() + ".";
        return new DataColumns(time, status, group, id, cluster, note, unitAssumed, events, censored);
    }

    /**
     * Whether nobody said in which unit the times are, which text then says.
     *
     * @param assumed whether the unit is a guess
     * @return new columns
     */
    public DataColumns withUnitAssumed(boolean assumed) {
        return new DataColumns(time, status, group, id, cluster, sourceNote, assumed, events, censored);
    }

    /**
     * With the levels of the status that were declared, which documents then say: the status of the rows has codes, and the
     * column has levels of its own.
     *
     * @param events the levels of each cause, in the order of the codes 1, 2, ...
     * @param censored the levels that are censored
     * @return new columns
     */
    public DataColumns withStatusLevels(List<List<String>> events, List<String> censored) {
        List<List<String>> causes =
                events.stream().<List<String>>map(List::copyOf).toList();
        return new DataColumns(
                time, status, group, id, cluster, sourceNote, unitAssumed, causes, List.copyOf(censored));
    }

    /**
     * The declared levels of each cause.
     *
     * @return in the order of the codes; empty where none were declared
     */
    public List<List<String>> eventLevels() {
        return events;
    }

    /**
     * The declared levels that are censored.
     *
     * @return empty where none were declared
     */
    public List<String> censoredLevels() {
        return censored;
    }

    /**
     * The column of the time.
     *
     * @return its name
     */
    public String time() {
        return time;
    }

    /**
     * The column of the status.
     *
     * @return its name
     */
    public String status() {
        return status;
    }

    /**
     * The column of groups.
     *
     * @return its name
     */
    public String group() {
        return group;
    }

    /**
     * The column of ids.
     *
     * @return its name
     */
    public String id() {
        return id;
    }

    /**
     * The column of clusters.
     *
     * @return its name
     */
    public String cluster() {
        return cluster;
    }

    /**
     * Source and licence of an embedded data set.
     *
     * @return a sentence, empty for other data
     */
    public String sourceNote() {
        return sourceNote;
    }

    /**
     * Whether nobody said in which unit the times are.
     *
     * @return whether the unit is a guess
     */
    public boolean isUnitAssumed() {
        return unitAssumed;
    }
}
