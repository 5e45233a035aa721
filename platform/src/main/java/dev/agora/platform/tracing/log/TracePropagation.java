package dev.agora.platform.tracing.log;

import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * Carries the current trace from thread to thread. Reactor's automatic propagation would
 * restore it at each operator; here it is set only where signals arrive from a driver, a
 * shared result or a scheduler, which costs a few nanoseconds a request.
 */
public final class TracePropagation {

	private static final String KEY = TracePropagation.class.getName();

	/** The operators of Reactor whose signals arrive on threads of others. */
	private static final Set<String> ENTRIES = Set.of("MonoFromPublisher", "MonoSource", "MonoSourceFuseable",
			"FluxSource", "FluxSourceFuseable", "MonoCreate", "FluxCreate", "MonoCompletionStage", "MonoCacheTime",
			"MonoCacheInvalidateIf", "FluxReplay");

	private static final ClassValue<Boolean> entries = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return "reactor.core.publisher".equals(type.getPackageName()) && ENTRIES.contains(type.getSimpleName());
		}

	};

	private static final Function<? super Publisher<Object>, ? extends Publisher<Object>> lift = Operators
		.liftPublisher((source, subscriber) -> TraceSubscriber.of(subscriber));

	private TracePropagation() {
	}

	/** Installs the propagation in this process. Has no effect the second time. */
	public static void install() {
		Hooks.onEachOperator(KEY, (operator) -> entries.get(operator.getClass()) ? lift.apply(operator) : operator);
		Schedulers.onScheduleHook(KEY, TracePropagation::keep);
		TraceMdcAdapter.install();
	}

	/** Executes a request or an event, whose log lines carry the id of its trace. */
	public static <T> Mono<T> within(String trace, Mono<T> work) {
		return new TracedMono<>(work, trace);
	}

	/**
	 * Sets the trace of the subscriber while signals pass that arrive on a thread of
	 * others.
	 */
	public static <T> Mono<T> restore(Mono<T> source) {
		return new RestoredMono<>(source);
	}

	/** Does so for several signals. */
	public static <T> Flux<T> restore(Flux<T> source) {
		return new RestoredFlux<>(source);
	}

	private static Runnable keep(Runnable task) {
		@Nullable String trace = LogTrace.current();
		return (trace != null) ? () -> LogTrace.run(trace, task) : task;
	}

	/** Sets the current trace while its source is subscribed. */
	private static final class TracedMono<T> extends MonoOperator<T, T> {

		private final String trace;

		TracedMono(Mono<T> source, String trace) {
			super(source);
			this.trace = trace;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			LogTrace.run(this.trace, () -> this.source.subscribe(actual));
		}

	}

	private static final class RestoredMono<T> extends MonoOperator<T, T> {

		RestoredMono(Mono<T> source) {
			super(source);
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			this.source.subscribe(TraceSubscriber.of(actual));
		}

	}

	private static final class RestoredFlux<T> extends FluxOperator<T, T> {

		RestoredFlux(Flux<T> source) {
			super(source);
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			this.source.subscribe(TraceSubscriber.of(actual));
		}

	}

}
