package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Calls whatever is public with values that nobody should give it: every answer is a result or an error of the one family,
 * with a message, and it comes soon. What is needed beside the bad value is taken from what other calls gave. An index
 * that is out of range is Java's own error, as in lists.
 *
 * <p>Every build makes some calls; {@code -Dengraft.matrix=true} makes many.
 */
class PublicEntryPointsTest {

    private static final boolean WHOLE = Boolean.getBoolean("engraft.matrix");
    private static final int TRIES = WHOLE ? 40 : 3;
    private static final int KEPT = WHOLE ? 4 : 1;
    private static final int ROUNDS = WHOLE ? 4 : 2;

    /** When a build's run ends at the latest, half of it for good values. */
    private static final long BUDGET = WHOLE ? TimeUnit.HOURS.toNanos(2) : TimeUnit.SECONDS.toNanos(20);

    private static final long SEED = 20261129;

    /** Of a processor's time, which other work on the machine does not use up. */
    private static final long SECONDS = 10;

    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

    private static final Map<Class<?>, Object[]> GOOD = Map.of(
            double.class, new Object[] {0.5, 1.0, 2.0, 12.0},
            int.class, new Object[] {1, 2, 3},
            long.class, new Object[] {1L, 2L, 50L},
            boolean.class, new Object[] {true, false},
            char.class, new Object[] {';', 'a'},
            String.class, new Object[] {"a", "b"},
            double[].class, new Object[] {new double[] {1, 2}, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
            int[].class, new Object[] {new int[] {1, 0}, new int[] {1, 0, 1, 1, 0, 2, 1, 0, 0, 1}},
            boolean[].class, new Object[] {new boolean[] {true, false}});

    private static final Map<Class<?>, Object[]> BAD = Map.of(
            double.class,
                    new Object[] {
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        -1.0,
                        0.0,
                        -0.0,
                        1e308,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        1.0,
                        12.0
                    },
            int.class, new Object[] {Integer.MIN_VALUE, -1, 0, 1, 5, 100, Integer.MAX_VALUE},
            long.class, new Object[] {Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE},
            boolean.class, new Object[] {true, false},
            char.class, new Object[] {'\0', ',', '\ud800'},
            String.class, new Object[] {"", " ", "no such thing", "\u0000", "\ud800", "1e999"},
            double[].class,
                    new Object[] {
                        new double[0],
                        new double[] {Double.NaN},
                        new double[] {-1, 1},
                        new double[] {3, 2, 1},
                        new double[] {1, 1},
                        new double[] {Double.POSITIVE_INFINITY, 0},
                        new double[] {Double.MAX_VALUE, Double.MIN_VALUE},
                        new double[] {1, 2, 3}
                    },
            int[].class,
                    new Object[] {new int[0], new int[] {-1, 1}, new int[] {Integer.MAX_VALUE, 0}, new int[] {0, 0, 0}},
            boolean[].class, new Object[] {new boolean[0], new boolean[] {true}});

    /** Begun anew for each entry, so that a fault is found again whatever else is called. */
    private Random random = new Random(SEED);

    private final Map<Class<?>, List<Object>> known = new HashMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private int calls;
    private final ExecutorService threads = Executors.newCachedThreadPool(r -> {
        Thread thread = new Thread(r, "call");
        thread.setDaemon(true);
        return thread;
    });

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void answersBadValuesWithTheOneFamilyOfErrors() {
        long begun = System.nanoTime();
        List<Executable> entries = entryPoints();
        // In some order, so that a run that ends early has been everywhere.
        Collections.shuffle(entries, random);
        for (int round = 0; round < ROUNDS; round++) {
            for (Executable entry : entries) {
                if (System.nanoTime() - begun > BUDGET / 2) {
                    break;
                }
                random = new Random(SEED + round + entry.toString().hashCode());
                collect(entry);
            }
        }

        int reached = 0;
        for (Executable entry : entries) {
            if (System.nanoTime() - begun > BUDGET) {
                break;
            }
            random = new Random(SEED + entry.toString().hashCode());
            boolean called = false;
            boolean ends = true;
            for (int i = 0; i < TRIES && ends; i++) {
                Call call = call(entry, true);
                called |= call != null;
                ends = call == null || attempt(call);
            }
            reached += called ? 1 : 0;
        }

        if (WHOLE) {
            System.out.println(calls + " calls of " + reached + " of " + entries.size() + " entries");
        }
        assertThat(String.join("\n", faults.values())).isEmpty();
        if (WHOLE) {
            assertThat(reached).as("of " + entries.size()).isGreaterThan(entries.size() * 3 / 4);
        }
    }

    private static List<Executable> entryPoints() {
        List<Executable> entries = new ArrayList<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.engraft").stream()
                        .filter(c -> c.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                        .filter(c -> !c.getPackageName().contains("internal"))
                        .filter(c -> !c.getPackageName().startsWith("io.engraft.cli"))
                        .map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .filter(c -> isOpen(c))
                        .forEach(c -> add(c, entries));
        return entries;
    }

    private static boolean isOpen(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            if (!Modifier.isPublic(c.getModifiers())) {
                return false;
            }
        }
        return !Throwable.class.isAssignableFrom(type);
    }

    private static void add(Class<?> type, List<Executable> entries) {
        List<Executable> own = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()
                    && !method.isBridge()
                    && !Set.of("equals", "wait", "main", "valueOf", "compareTo").contains(method.getName())) {
                own.add(method);
            }
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            for (Constructor<?> constructor : type.getConstructors()) {
                own.add(constructor);
            }
        }
        own.sort(Comparator.comparing(Executable::toString));
        entries.addAll(own);
    }

    /** Calls with good values and keeps what comes back. */
    private void collect(Executable entry) {
        for (int i = 0; i < KEPT; i++) {
            Call call = call(entry, false);
            if (call == null) {
                return;
            }
            Object result;
            try {
                result = answer(call);
            } catch (TimeoutException e) {
                fault(call, "did not end within " + SECONDS + " s, and nothing bad was in it: " + e.getMessage());
                return;
            } catch (ReflectiveOperationException e) {
                continue;
            }
            keep(result);
        }
    }

    private void keep(@Nullable Object result) {
        if (result instanceof Optional<?> optional) {
            optional.ifPresent(this::keep);
        } else if (result instanceof Collection<?> many) {
            many.stream().limit(2).forEach(this::keep);
        } else if (result != null && result.getClass().getName().startsWith("io.engraft")) {
            for (Class<?> type : supertypes(result.getClass())) {
                List<Object> kept = known.computeIfAbsent(type, t -> new ArrayList<>());
                if (kept.size() < KEPT * 2) {
                    kept.add(result);
                } else if (random.nextInt(4) == 0) {
                    kept.set(random.nextInt(kept.size()), result);
                }
            }
        }
    }

    private static List<Class<?>> supertypes(Class<?> type) {
        List<Class<?>> types = new ArrayList<>(List.of(type.getInterfaces()));
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            types.add(c);
            types.addAll(List.of(c.getInterfaces()));
        }
        return types.stream().distinct().toList();
    }

    /** Whether the call ended. */
    private boolean attempt(Call call) {
        calls++;
        try {
            answer(call);
        } catch (InvocationTargetException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof IndexOutOfBoundsException && call.hasIndex()) {
                return true;
            }
            if (!(cause instanceof EngraftException)) {
                fault(call, "threw " + cause + place(cause));
            } else if (cause.getMessage() == null || cause.getMessage().isBlank()) {
                fault(call, "threw " + cause.getClass() + " without a message");
            }
        } catch (TimeoutException e) {
            fault(call, "did not end within " + SECONDS + " s: " + e.getMessage());
            return false;
        } catch (ReflectiveOperationException e) {
            fault(call, "could not be called: " + e);
        }
        return true;
    }

    private void fault(Call call, String what) {
        String key =
                call.entry().getDeclaringClass().getName() + "." + call.entry().getName();
        if (faults.putIfAbsent(key, call + " " + what) == null && WHOLE) {
            System.out.println(call + " " + what);
        }
    }

    private static String place(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Call(Executable entry, @Nullable Object target, Object[] arguments) {

        @Override
        public String toString() {
            StringBuilder text =
                    new StringBuilder(entry.getDeclaringClass().getSimpleName() + "." + entry.getName() + "(");
            for (Object argument : arguments) {
                text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ").append(shown(argument));
            }
            return text + ")" + (target == null ? "" : " on " + shown(target));
        }

        boolean hasIndex() {
            return List.of(entry.getParameterTypes()).stream().anyMatch(t -> t == int.class || t == int[].class);
        }

        /** Its own text may be what is at fault. */
        private static String text(Object value) {
            try {
                return String.valueOf(value);
            } catch (RuntimeException e) {
                return "a " + value.getClass().getSimpleName() + " whose text threw " + e;
            }
        }

        private static String shown(Object value) {
            String text = value instanceof double[] d
                    ? java.util.Arrays.toString(d)
                    : value instanceof int[] n ? java.util.Arrays.toString(n) : text(value);
            return text.length() > 80 ? text.substring(0, 80) + ".." : text;
        }
    }

    private @Nullable Call call(Executable entry, boolean bad) {
        Object target = null;
        if (entry instanceof Method method && !Modifier.isStatic(method.getModifiers())) {
            List<Object> targets = known.getOrDefault(method.getDeclaringClass(), List.of());
            if (method.getDeclaringClass().isEnum()) {
                targets = List.of(method.getDeclaringClass().getEnumConstants());
            }
            if (targets.isEmpty()) {
                return null;
            }
            target = targets.get(random.nextInt(targets.size()));
        }
        Type[] types = entry.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        int worst = types.length == 0 ? 0 : random.nextInt(types.length);
        for (int i = 0; i < types.length; i++) {
            Object value = value(types[i], bad && (i == worst || random.nextInt(4) == 0));
            if (value == null) {
                return null;
            }
            arguments[i] = value;
        }
        return new Call(entry, target, arguments);
    }

    private @Nullable Object value(Type type, boolean bad) {
        if (type instanceof ParameterizedType parameterized) {
            return many(parameterized, bad);
        }
        if (!(type instanceof Class<?> plain)) {
            return null;
        }
        Object[] values = (bad ? BAD : GOOD).get(plain);
        if (values == null && plain.isEnum()) {
            values = plain.getEnumConstants();
        }
        if (values == null && plain.isArray() && !plain.getComponentType().isPrimitive()) {
            return array(plain.getComponentType(), bad);
        }
        if (values == null) {
            values = known.getOrDefault(plain, List.of()).toArray();
        }
        return values.length == 0 ? null : values[random.nextInt(values.length)];
    }

    private @Nullable Object array(Class<?> component, boolean bad) {
        int length = bad ? random.nextInt(3) : 2;
        Object array = java.lang.reflect.Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            Object item = value(component, bad);
            if (item == null) {
                return null;
            }
            java.lang.reflect.Array.set(array, i, item);
        }
        return array;
    }

    private @Nullable Object many(ParameterizedType type, boolean bad) {
        Type[] of = type.getActualTypeArguments();
        int length = bad ? random.nextInt(3) : 1 + random.nextInt(2);
        if (type.getRawType() == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < length; i++) {
                Object key = value(boxed(of[0]), bad);
                Object value = value(boxed(of[1]), bad);
                if (key == null || value == null) {
                    return null;
                }
                map.put(key, value);
            }
            return map;
        }
        if (type.getRawType() != List.class && type.getRawType() != Collection.class) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Object item = value(boxed(of[0]), bad);
            if (item == null) {
                return null;
            }
            list.add(item);
        }
        return list;
    }

    private static Type boxed(Type type) {
        if (type == Double.class) {
            return double.class;
        }
        return type == Integer.class ? int.class : type;
    }

    private @Nullable Object answer(Call call)
            throws InvocationTargetException, ReflectiveOperationException, TimeoutException {
        AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
        Future<@Nullable Object> future = threads.submit(() -> {
            worker.set(Thread.currentThread());
            return call.entry() instanceof Method method
                    ? method.invoke(call.target(), call.arguments())
                    : ((Constructor<?>) call.entry()).newInstance(call.arguments());
        });
        long before = -1;
        for (int waits = 0; ; waits++) {
            try {
                return future.get(1, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ReflectiveOperationException reflective) {
                    throw reflective;
                }
                throw new InvocationTargetException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (TimeoutException e) {
                Thread thread = worker.get();
                long used = thread == null ? 0 : TIMES.getThreadCpuTime(thread.getId());
                before = before < 0 ? used : before;
                if (used - before > SECONDS * 1_000_000_000L || waits > 20 * SECONDS) {
                    future.cancel(true);
                    String where = thread == null ? "" : List.of(thread.getStackTrace()) + "";
                    throw new TimeoutException(where.substring(0, Math.min(800, where.length())));
                }
            }
        }
    }
}
