package io.engraft.history;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes the embedded data set {@code histories}: 60 made-up patients from a fixed seed, the same on every machine. The
 * probabilities are round numbers chosen so that every event occurs; nothing here is of a patient or fitted to patients.
 * The order of the draws is the format: changing it changes the data set.
 */
public final class SyntheticHistories {

    private static final int PATIENTS = 60;
    private static final long SEED = 20261122;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private SyntheticHistories() {}

    /** The whole CSV file. */
    public static String csv() {
        SyntheticHistories generator = new SyntheticHistories();
        StringBuilder text = new StringBuilder("id");
        for (TransplantEvent event : TransplantEvent.values()) {
            text.append(',').append(event.column());
        }
        text.append('\n');
        for (int i = 1; i <= PATIENTS; i++) {
            Map<TransplantEvent, Integer> days = generator.patient();
            text.append(i < 10 ? "S0" : "S").append(i);
            for (TransplantEvent event : TransplantEvent.values()) {
                text.append(',').append(days.containsKey(event) ? String.valueOf(days.get(event)) : "");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private Map<TransplantEvent, Integer> patient() {
        Map<TransplantEvent, Integer> days = new EnumMap<>(TransplantEvent.class);
        int end = between(400, 3000);
        boolean death = false;
        if (chance(0.12)) {
            end = between(20, 300);
            death = true;
        }
        graft(days);
        acute(days);
        chronic(days);
        if (chance(0.42)) {
            int relapse = 30 + (int) (-200 * StrictMath.log(1 - random.nextDouble()));
            days.put(TransplantEvent.RELAPSE, relapse);
            if (chance(0.35)) {
                days.put(TransplantEvent.DONOR_LYMPHOCYTES, relapse + between(14, 40));
            }
            if (chance(0.5)) {
                int second = relapse + between(60, 120);
                days.put(TransplantEvent.SECOND_TRANSPLANT, second);
                boolean again = chance(0.45);
                if (again) {
                    days.put(TransplantEvent.SECOND_RELAPSE, second + between(60, 300));
                }
                if (!death && chance(again ? 0.9 : 0.25)) {
                    end = second + between(310, 700);
                    death = true;
                }
            } else if (!death) {
                end = relapse + between(20, 400);
                death = true;
            }
        }
        int last = end;
        days.values().removeIf(day -> day > last);
        days.put(death ? TransplantEvent.DEATH : TransplantEvent.LAST_CONTACT, last);
        if (!days.containsKey(TransplantEvent.SECOND_TRANSPLANT)) {
            days.remove(TransplantEvent.SECOND_RELAPSE);
        }
        return days;
    }

    private void graft(Map<TransplantEvent, Integer> days) {
        if (chance(0.93)) {
            days.put(TransplantEvent.ENGRAFTMENT, between(12, 35));
            if (chance(0.05)) {
                days.put(TransplantEvent.GRAFT_FAILURE, between(60, 150));
            }
        } else {
            days.put(TransplantEvent.GRAFT_FAILURE, between(30, 42));
        }
    }

    private void acute(Map<TransplantEvent, Integer> days) {
        if (!chance(0.5)) {
            return;
        }
        int grade = 1;
        int day = between(12, 70);
        days.put(TransplantEvent.ACUTE_GVHD_1, day);
        while (grade < 4 && chance(0.6)) {
            day += between(0, 8);
            days.put(TransplantHistory.ACUTE.get(grade), day);
            grade++;
        }
    }

    private void chronic(Map<TransplantEvent, Integer> days) {
        if (!chance(0.35)) {
            return;
        }
        int day = between(110, 420);
        days.put(TransplantEvent.CHRONIC_GVHD_MILD, day);
        if (chance(0.6)) {
            day += between(10, 60);
            days.put(TransplantEvent.CHRONIC_GVHD_MODERATE, day);
            if (chance(0.8)) {
                days.put(TransplantEvent.CHRONIC_GVHD_THERAPY, day + between(0, 14));
            }
            if (chance(0.4)) {
                days.put(TransplantEvent.CHRONIC_GVHD_SEVERE, day + between(20, 90));
            }
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
