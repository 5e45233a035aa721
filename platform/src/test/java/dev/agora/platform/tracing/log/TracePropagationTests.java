package dev.agora.platform.tracing.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import dev.agora.platform.tracing.Trace;

import static org.assertj.core.api.Assertions.assertThat;

class TracePropagationTests {

	private static final Logger log = (Logger) LoggerFactory.getLogger(TracePropagationTests.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final ExecutorService others = Executors.newSingleThreadExecutor();

	@BeforeEach
	void start() {
		TracePropagation.install();
		this.lines.start();
		log.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		log.detachAppender(this.lines);
		this.others.shutdown();
	}

	static Stream<Function<ExecutorService, Mono<String>>> sources() {
		return Stream.of((threads) -> Mono.just("at once"),
				(threads) -> Mono.create((sink) -> threads.execute(() -> sink.success("created"))),
				(threads) -> Mono.fromCompletionStage(() -> CompletableFuture.supplyAsync(() -> "future", threads)),
				(threads) -> Mono.from((subscriber) -> Flux.just("driver")
					.publishOn(Schedulers.fromExecutor(threads))
					.subscribe(subscriber)),
				(threads) -> Mono.fromSupplier(() -> {
					log.warn("in the supplier");
					return "scheduled";
				}).subscribeOn(Schedulers.parallel()),
				(threads) -> Mono.just("published").publishOn(Schedulers.single()),
				(threads) -> Mono.delay(Duration.ofMillis(1)).thenReturn("delayed"),
				(threads) -> Mono.<String>never().timeout(Duration.ofMillis(1), Mono.just("late")),
				(threads) -> retried(),
				(threads) -> Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> "cached", threads)).cache());
	}

	private static Mono<String> retried() {
		AtomicBoolean failed = new AtomicBoolean();
		return Mono.fromCallable(() -> {
			log.warn("attempt");
			if (failed.compareAndSet(false, true)) {
				throw new IllegalStateException("the first attempt");
			}
			return "retried";
		}).retryWhen(Retry.backoff(1, Duration.ofMillis(1)));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void addsTheTraceToLinesOnAnyThread(Function<ExecutorService, Mono<String>> source) {
		String trace = Trace.start(0);
		request(trace, source.apply(this.others).doOnNext((value) -> log.warn("received {}", value))).block();
		assertThat(this.lines.list).isNotEmpty()
			.allSatisfy((line) -> assertThat(traceOf(line)).isEqualTo(Trace.idOf(trace)));
		log.warn("after the request");
		assertThat(this.lines.list.get(this.lines.list.size() - 1).getMDCPropertyMap()).doesNotContainKey("traceId");
		CompletableFuture.runAsync(() -> log.warn("on the thread of others"), this.others).join();
		assertThat(this.lines.list.get(this.lines.list.size() - 1).getMDCPropertyMap()).doesNotContainKey("traceId");
	}

	@Test
	void keepsTheTracesOfRequestsThatShareAResultApart() {
		CompletableFuture<String> result = new CompletableFuture<>();
		Mono<String> shared = Mono.fromCompletionStage(result).cache();
		List<String> traces = new ArrayList<>();
		List<CompletableFuture<String>> requests = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			String trace = Trace.start(0);
			traces.add(trace);
			requests.add(request(trace, shared.doOnNext((value) -> log.warn(trace))).toFuture());
		}
		result.complete("shared");
		requests.forEach(CompletableFuture::join);
		assertThat(this.lines.list).extracting(ILoggingEvent::getMessage).containsExactlyInAnyOrderElementsOf(traces);
		assertThat(this.lines.list)
			.allSatisfy((line) -> assertThat(traceOf(line)).isEqualTo(Trace.idOf(line.getMessage())));
	}

	@Test
	void restoresTheTraceBehindASink() {
		Sinks.One<String> sink = Sinks.one();
		String waiting = Trace.start(0);
		CompletableFuture<String> waiter = request(waiting,
				TracePropagation.restore(sink.asMono()).doOnNext((value) -> log.warn("waiter")))
			.toFuture();
		request(Trace.start(0), Mono.fromRunnable(() -> sink.tryEmitValue("from another request"))).block();
		waiter.join();
		assertThat(traceOf(this.lines.list.get(0))).isEqualTo(Trace.idOf(waiting));
	}

	@Test
	void keepsTheOtherValuesOfTheDiagnosticContext() {
		MDC.put("other", "kept");
		try {
			String trace = Trace.start(0);
			request(trace, Mono.fromRunnable(() -> log.warn("line"))).block();
			assertThat(this.lines.list.get(0).getMDCPropertyMap())
				.isEqualTo(Map.of("other", "kept", "traceId", Trace.idOf(trace)));
		}
		finally {
			MDC.remove("other");
		}
	}

	private static <T> Mono<T> request(String trace, Mono<T> handling) {
		return TracePropagation.within(trace, handling.contextWrite((context) -> context.put(Trace.PARENT, trace)));
	}

	private static String traceOf(ILoggingEvent line) {
		return line.getMDCPropertyMap().getOrDefault("traceId", "none");
	}

}
