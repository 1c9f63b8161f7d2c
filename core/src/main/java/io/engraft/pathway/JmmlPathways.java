package io.engraft.pathway;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.data.TidyTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ways that juvenile myelomonocytic leukemia can take, each a file of named assumptions that a user can print, change
 * and read back. A number either was read in a publication or is assumed and says so; {@link #table()} lists which is
 * which.
 *
 * <ul>
 *   <li>from diagnosis: "from-diagnosis" (waiting for a transplant, without a bridge), "bridge-chemotherapy",
 *       "azacitidine-bridge", "chemotherapy-alone", "untreated";
 *   <li>from the first transplant: "transplant" (its other name is "jmml");
 *   <li>from relapse after it: "second-transplant";
 *   <li>from the start of treatment of relapsed or refractory disease: "trametinib".
 * </ul>
 */
public final class JmmlPathways {

    /** The name of the pathway after a first transplant. */
    public static final String TRANSPLANT = "transplant";

    private static final String JMML = "jmml";

    private static final List<String> NAMES = List.of(
            TRANSPLANT,
            "second-transplant",
            "from-diagnosis",
            "bridge-chemotherapy",
            "azacitidine-bridge",
            "chemotherapy-alone",
            "untreated",
            "trametinib");

    private JmmlPathways() {}

    /**
     * The pathways.
     *
     * @return their names; "jmml", the other name of "transplant", is not among them
     */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * One pathway.
     *
     * @param name one of {@link #names()}, or "jmml"
     * @return the pathway
     * @throws InvalidArgumentException when there is none of that name
     */
    public static PathwayModel get(String name) {
        return PathwayModel.of(bytes(name), file(name));
    }

    /**
     * All pathways.
     *
     * @return by name, in the order of {@link #names()}
     */
    public static Map<String, PathwayModel> all() {
        Map<String, PathwayModel> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, get(name)));
        return all;
    }

    /**
     * The pathways whose time is counted from diagnosis, which can be compared with each other.
     *
     * @return by name, in the order of {@link #names()}
     */
    public static Map<String, PathwayModel> fromDiagnosis() {
        Map<String, PathwayModel> found = all();
        found.values().removeIf(p -> !p.timeZero().equals(Optional.of(TimeZero.DIAGNOSIS)));
        return found;
    }

    /**
     * A pathway's file, for printing and as a start for one's own.
     *
     * @param name one of {@link #names()}, or "jmml"
     * @return the JSON text
     * @throws InvalidArgumentException when there is none of that name
     */
    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /**
     * Every number of every pathway: where it stands, its value and range, and what it rests on.
     *
     * @return columns pathway, time_zero, state, event, parameter, value, low, high, unit, basis (read; assumed; patients;
     *     definition for a 0, a 1 or the month that a share speaks of; rest for one minus the others; shown for a
     *     published figure that stands beside the model and does not enter it), assumption, text, evidence, status,
     *     citation
     */
    public static TidyTable table() {
        Map<String, PathwayModel> all = all();
        return PathwayTables.numbers(List.copyOf(all.keySet()), List.copyOf(all.values()));
    }

    static String file(String name) {
        return (name.equals(TRANSPLANT) ? JMML : name) + ".json";
    }

    static byte[] bytes(String name) {
        if (!NAMES.contains(name) && !name.equals(JMML)) {
            throw InvalidArgumentException.of("pathway", name, "one of " + NAMES);
        }
        String file = file(name);
        try (InputStream in = JmmlPathways.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileException("the resource " + file + " is missing from the library", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FileException("the resource " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
