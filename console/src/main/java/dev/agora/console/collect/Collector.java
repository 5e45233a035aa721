package dev.agora.console.collect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

import dev.agora.console.broker.TopicReader;
import dev.agora.console.scrape.Scraper;
import dev.agora.console.targets.Targets;
import dev.agora.console.view.Point;
import dev.agora.console.view.ProcessChanges;
import dev.agora.console.view.SystemView;
import dev.agora.console.view.SystemViews;

/**
 * Collects once for all viewers: every one and a half seconds, and more seldom while
 * nobody looks.
 */
public final class Collector implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

	private static final Duration WATCHED = Duration.ofMillis(1_500);

	private static final Duration UNWATCHED = Duration.ofSeconds(10);

	private static final long KEPT_MILLIS = Duration.ofMinutes(15).toMillis();

	private final Targets targets;

	private final Scraper scraper;

	private final TopicReader topics;

	private final SystemViews views;

	private final ProcessChanges changes;

	/** A viewer without demand misses a view, and delays no other. */
	private final Sinks.Many<SystemView> sink = Sinks.many().multicast().directBestEffort();

	private final Sinks.Many<Boolean> arrivals = Sinks.many().multicast().directBestEffort();

	private final AtomicInteger viewers = new AtomicInteger();

	private final Deque<Point> points = new ArrayDeque<>();

	private volatile @Nullable SystemView last;

	private volatile @Nullable Disposable running;

	public Collector(Targets targets, Scraper scraper, TopicReader topics, SystemViews views, ProcessChanges changes) {
		this.targets = targets;
		this.scraper = scraper;
		this.topics = topics;
		this.views = views;
		this.changes = changes;
	}

	@Override
	public void start() {
		this.running = Mono.defer(this::collect)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> LOG.warn("The system could not be observed.", failure)))
			.then(Mono.defer(this::pause))
			.repeat()
			.subscribe();
	}

	/** A viewer that arrives ends the long pause. */
	private Mono<Void> pause() {
		return (this.viewers.get() > 0) ? Mono.delay(WATCHED).then()
				: Mono.firstWithSignal(Mono.delay(UNWATCHED).then(), this.arrivals.asFlux().next().then());
	}

	private Mono<Void> collect() {
		return this.targets.find()
			.defaultIfEmpty(List.of())
			.flatMap(this.scraper::observe)
			.doOnNext(this.changes::note)
			.map((observations) -> this.views.compose(observations, this.topics.readNext()))
			.doOnNext(this::publish)
			.then();
	}

	private void publish(SystemView view) {
		synchronized (this.points) {
			this.points.addLast(Point.of(view));
			while (this.points.getFirst().at() < view.at() - KEPT_MILLIS) {
				this.points.removeFirst();
			}
		}
		this.last = view;
		this.sink.tryEmitNext(view);
	}

	/**
	 * Follows the views.
	 * @return the last view, and all that follow
	 */
	Flux<SystemView> views() {
		return Flux.defer(() -> {
			this.viewers.incrementAndGet();
			this.arrivals.tryEmitNext(true);
			return Mono.justOrEmpty(this.last).concatWith(this.sink.asFlux());
		}).doFinally((signal) -> this.viewers.decrementAndGet());
	}

	int viewers() {
		return this.viewers.get();
	}

	/** Lists the times of the charts. */
	List<Point> points() {
		synchronized (this.points) {
			return List.copyOf(this.points);
		}
	}

	@Override
	public void stop() {
		Disposable current = this.running;
		if (current != null) {
			current.dispose();
			this.running = null;
		}
		this.sink.tryEmitComplete();
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
