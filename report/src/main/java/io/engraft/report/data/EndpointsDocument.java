package io.engraft.report.data;

import io.engraft.CheckReturnValue;
import io.engraft.InvalidArgumentException;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.history.Endpoint;
import io.engraft.history.EndpointRules;
import io.engraft.history.HistoryTable;
import io.engraft.history.TimeDependentCovariate;
import io.engraft.report.AnalysisResults;
import io.engraft.report.Conventions;
import io.engraft.report.Document;
import io.engraft.report.JsonWriter;
import io.engraft.report.Provenance;
import io.engraft.report.StandardErrors;
import io.engraft.report.TextTable;
import io.engraft.report.TextWriter;
import io.engraft.report.internal.Cells;
import io.engraft.report.internal.CurveText;
import io.engraft.report.internal.JsonTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times and status of endpoints from patients' histories as a document, as {@code engraft endpoints} prints it: what each
 * endpoint means, and a row a patient; or rows (entry, time] in which covariates turn from 0 to 1. Immutable: every
 * method gives a new document.
 */
@CheckReturnValue
public final class EndpointsDocument implements Document {

    /** The keys of the sentences that the rules give, in their order. */
    private static final List<String> RULES =
            List.of("efs", "gvhd", "crfs", "censoredAtDonorLymphocytes", "censoredAtSecondTransplant", "sameDay");

    private final String source;
    private final long patients;
    private final List<Endpoint> endpoints;
    private final EndpointRules rules;
    private final DurationUnit unit;
    private final TidyTable table;
    private final boolean timeDependent;
    private final List<String> warnings;

    private EndpointsDocument(
            String source,
            long patients,
            List<Endpoint> endpoints,
            EndpointRules rules,
            DurationUnit unit,
            TidyTable table,
            boolean timeDependent,
            List<String> warnings) {
        this.source = source;
        this.patients = patients;
        this.endpoints = List.copyOf(endpoints);
        this.rules = rules;
        this.unit = unit;
        this.table = table;
        this.timeDependent = timeDependent;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The document of endpoints, one row a patient.
     *
     * @param histories what happened to the patients
     * @param endpoints the endpoints
     * @param rules what counts
     * @param unit the unit of the times that are given
     * @return the document
     * @throws InvalidArgumentException when the histories cannot tell one of the endpoints
     */
    public static EndpointsDocument of(
            HistoryTable histories, List<Endpoint> endpoints, EndpointRules rules, DurationUnit unit) {
        TidyTable table = histories.endpoints(endpoints, rules, unit);
        return new EndpointsDocument("", histories.histories().size(), endpoints, rules, unit, table, false, List.of());
    }

    /**
     * The document of one endpoint with covariates that turn from 0 to 1, several rows a patient.
     *
     * @param histories what happened to the patients
     * @param endpoint the endpoint
     * @param rules what counts
     * @param covariates the covariates
     * @param unit the unit of the times that are given
     * @return the document
     * @throws InvalidArgumentException when the histories cannot tell the endpoint or a covariate
     */
    public static EndpointsDocument timeDependent(
            HistoryTable histories,
            Endpoint endpoint,
            EndpointRules rules,
            List<TimeDependentCovariate> covariates,
            DurationUnit unit) {
        TidyTable table = histories.timeDependentTable(endpoint, rules, covariates, unit);
        List<String> without =
                histories.timeDependentRows(endpoint, rules, covariates, unit).withoutRows();
        List<String> warnings = without.isEmpty()
                ? List.of()
                : List.of("patients without a row, as their endpoint is on day 0: " + String.join(", ", without));
        return new EndpointsDocument(
                "", histories.histories().size(), List.of(endpoint), rules, unit, table, true, warnings);
    }

    /**
     * With where the histories came from.
     *
     * @param name the file or other source
     * @return a new document
     */
    public EndpointsDocument withSource(String name) {
        return new EndpointsDocument(name, patients, endpoints, rules, unit, table, timeDependent, warnings);
    }

    /**
     * With warnings on how the endpoints were chosen, which stand before the document's own.
     *
     * @param more the sentences
     * @return a new document
     */
    public EndpointsDocument withWarnings(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(warnings);
        return new EndpointsDocument(source, patients, endpoints, rules, unit, table, timeDependent, all);
    }

    @Override
    public String command() {
        return "endpoints";
    }

    @Override
    public Conventions conventions() {
        Conventions all =
                Conventions.empty().with("timeZero", "first transplant").with("unit", unit.label());
        for (int i = 0; i < RULES.size(); i++) {
            all = all.with(RULES.get(i), rules.describe().get(i));
        }
        return all.with(StandardErrors.model());
    }

    @Override
    public Provenance provenance() {
        return new Provenance(source, patients, 0);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void writeBody(JsonWriter json) throws IOException {
        json.array("endpoints");
        for (Endpoint endpoint : endpoints) {
            json.object().text("endpoint", endpoint.label()).text("definition", endpoint.describe(rules));
            json.array("causes");
            for (String label : endpoint.causeLabels(rules)) {
                json.text(label);
            }
            json.endArray().endObject();
        }
        json.endArray().flag("timeDependent", timeDependent).array("rows");
        JsonTables.writeRows(json, table);
        json.endArray();
    }

    @Override
    public TidyTable table() {
        return table;
    }

    /** How many patients have each status: there is no other statistic here. */
    @Override
    public TidyTable ard() {
        AnalysisResults results = new AnalysisResults();
        List<String> names =
                table.columns().stream().map(TidyTable.Column::name).toList();
        for (Endpoint endpoint : endpoints) {
            results.group("endpoint", endpoint.label());
            String column = timeDependent ? "status" : endpoint.label() + "_status";
            if (!names.contains(column)) {
                continue;
            }
            results.variable("status", null).stat("n", table.rowCount());
            for (long code = 0; code <= endpoint.causeLabels(rules).size(); code++) {
                results.variable("status", String.valueOf(code)).stat("n", count(column, code));
            }
        }
        return results.build();
    }

    private int count(String column, long code) {
        int count = 0;
        for (int i = 0; i < table.rowCount(); i++) {
            count += table.value(i, column) instanceof Number status && status.longValue() == code ? 1 : 0;
        }
        return count;
    }

    @Override
    public void writeText(TextWriter target) throws IOException {
        target.append("Endpoints of ").append(provenance().source()).append(": ");
        target.append(String.valueOf(provenance().rows())).append(" patients, times in ");
        target.append(unit.label()).append('\n');
        for (Endpoint endpoint : endpoints) {
            target.append("  ").append(endpoint.describe(rules)).append('\n');
        }
        for (int i = 0; i < RULES.size(); i++) {
            if (concerns(RULES.get(i))) {
                target.append("  ").append(rules.describe().get(i)).append('\n');
            }
        }
        target.append('\n');
        int columns = table.columns().size();
        TextTable text = new TextTable(
                1, table.columns().stream().map(TidyTable.Column::name).toArray(String[]::new));
        for (int i = 0; i < table.rowCount(); i++) {
            String[] cells = new String[columns];
            for (int j = 0; j < columns; j++) {
                cells[j] = cell(table.value(i, j));
            }
            text.row(cells);
        }
        target.table(text, "");
        CurveText.warnings(this, target);
    }

    /** Whether a rule bears on an endpoint that is shown. */
    private boolean concerns(String rule) {
        Set<Endpoint> touched = switch (rule) {
            case "efs" -> Set.of(Endpoint.EFS);
            case "gvhd" -> Set.of(Endpoint.AGVHD_2_4, Endpoint.AGVHD_3_4, Endpoint.CGVHD);
            case "crfs" -> Set.of(Endpoint.CRFS);
            case "censoredAtDonorLymphocytes" -> rules.censoredAtDonorLymphocytes();
            case "censoredAtSecondTransplant" -> rules.censoredAtSecondTransplant();
            default -> EnumSet.allOf(Endpoint.class);
        };
        return !Collections.disjoint(touched, endpoints);
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == Math.rint(number) ? Cells.plain(number) : String.format(Locale.ROOT, "%.4f", number);
        }
        return value == null ? Cells.NONE : String.valueOf(value);
    }

    @Override
    public String toString() {
        return toText();
    }
}
