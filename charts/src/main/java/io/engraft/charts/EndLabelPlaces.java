package io.engraft.charts;

import io.engraft.charts.FigureModel.EndLabel;
import io.engraft.charts.internal.Fonts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Heights of the labels at the curves' ends: as near to the ends as they can stand without touching. */
final class EndLabelPlaces {

    static final double LINE = 14;
    private static final double GAP = 5;

    private final double[] centres;
    private final List<List<String>> names;
    private final List<List<String>> details;

    private EndLabelPlaces(double[] centres, List<List<String>> names, List<List<String>> details) {
        this.centres = centres;
        this.names = names;
        this.details = details;
    }

    static EndLabelPlaces of(FigureModel model, Layout layout) {
        List<EndLabel> labels = model.endLabels();
        List<List<String>> names = new ArrayList<>();
        List<List<String>> details = new ArrayList<>();
        for (EndLabel label : labels) {
            double room = layout.endLabelWidth - (label.swatch() ? Layout.SWATCH : 0);
            names.add(Fonts.wrap(label.name(), Layout.LABEL.face(), Layout.LABEL.size(), room));
            details.add(Fonts.wrap(label.detail(), Layout.DETAIL.face(), Layout.DETAIL.size(), room));
        }
        EndLabelPlaces places = new EndLabelPlaces(new double[labels.size()], names, details);
        places.spread(labels.stream().mapToDouble(l -> layout.y(l.level())).toArray(), layout.top, layout.bottom());
        return places;
    }

    double centre(int label) {
        return centres[label];
    }

    List<String> nameLines(int label) {
        return names.get(label);
    }

    List<String> detailLines(int label) {
        return details.get(label);
    }

    double height(int label) {
        return LINE * (names.get(label).size() + details.get(label).size());
    }

    /** Groups of labels that touch are moved as one, centred on what they want; groups that then touch are merged. */
    private void spread(double[] wanted, double top, double bottom) {
        List<Integer> order = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> wanted[i]))
                .toList();
        List<Pile> piles = new ArrayList<>();
        for (int label : order) {
            Pile pile = new Pile();
            pile.add(label, wanted[label], height(label));
            pile.settle(top, bottom);
            while (!piles.isEmpty() && piles.get(piles.size() - 1).bottom() + GAP > pile.start) {
                Pile above = piles.remove(piles.size() - 1);
                above.append(pile);
                above.settle(top, bottom);
                pile = above;
            }
            piles.add(pile);
        }
        for (Pile pile : piles) {
            double y = pile.start;
            for (int label : pile.labels) {
                centres[label] = y + height(label) / 2;
                y += height(label) + GAP;
            }
        }
    }

    private static final class Pile {

        private final List<Integer> labels = new ArrayList<>();
        private final List<Double> wants = new ArrayList<>();
        private double height;
        private double start;

        void add(int label, double wanted, double labelHeight) {
            labels.add(label);
            double offset = (labels.size() == 1 ? 0 : height + GAP) + labelHeight / 2;
            wants.add(wanted - offset);
            height = offset + labelHeight / 2;
        }

        void append(Pile below) {
            double shift = height + GAP;
            for (int i = 0; i < below.labels.size(); i++) {
                labels.add(below.labels.get(i));
                wants.add(below.wants.get(i) - shift);
            }
            height = shift + below.height;
        }

        void settle(double top, double bottom) {
            double mean =
                    wants.stream().mapToDouble(Double::doubleValue).average().orElse(top);
            start = Math.max(top - 4, Math.min(bottom + 4 - height, mean));
        }

        double bottom() {
            return start + height;
        }
    }
}
