package io.engraft.data.io;

import io.engraft.data.DurationUnit;
import io.engraft.internal.csv.DateText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The column of the date that time runs from. */
final class DateSlot extends Slot {

    private final DateText dates;
    private @Nullable LocalDate date;

    DateSlot(Cell cell, DateText dates) {
        super(cell);
        this.dates = dates;
    }

    @Override
    @Nullable
    String examine() {
        DateText.Reading reading = dates.read(cell.text());
        date = reading.date();
        return date == null ? reading.reason() : null;
    }

    @Override
    void take(long row, long line) {
        // The times that run from it are kept.
    }

    /** The column of a date to which time runs: whole days from the first date of the row, in the unit of the times. */
    static final class Until extends Slot.Numbers {

        private static final double NEARLY_ALL = 0.9;

        private final DateSlot from;
        private final DurationUnit unit;
        private long reversed;

        Until(Cell cell, DateSlot from, DurationUnit unit) {
            super(cell);
            this.from = from;
            this.unit = unit;
        }

        @Override
        @Nullable
        String examine() {
            value = 0;
            DateText.Reading reading = from.dates.read(cell.text());
            LocalDate begin = from.date;
            LocalDate end = reading.date();
            if (end == null) {
                return reading.reason();
            }
            if (begin == null) {
                return null;
            }
            if (end.isBefore(begin)) {
                reversed++;
                return "before " + from.cell.text() + ", the date in column " + from.cell.column()
                        + "; allowed: that day or later";
            }
            value = DurationUnit.DAYS.to(unit, (double) ChronoUnit.DAYS.between(begin, end));
            return null;
        }

        /** One sentence in place of one a row where (nearly) all of them end before they begin; else empty. */
        Optional<String> swapped(long rows) {
            return reversed < 2 || reversed < NEARLY_ALL * rows
                    ? Optional.empty()
                    : Optional.of("in " + reversed + " of " + rows + " rows it is before the date in column "
                            + from.cell.column()
                            + "; allowed: that day or later, so perhaps the two columns are swapped"
                            + " (--from is the first date, --to the last)");
        }
    }
}
