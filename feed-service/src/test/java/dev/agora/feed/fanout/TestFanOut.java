package dev.agora.feed.fanout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.document.Outbox.UnsentEvents;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestTracing;

/** The fan-out over real stores, whose events are handed over by the test. */
public final class TestFanOut {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private static final EventTypes<FanOutEvent> types = EventTypes.of(FanOutEvent.class);

	public final LargeFanOuts large;

	public final PulledAuthors pulled;

	/** Generates the ids of plans. */
	public final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	final FanOutPlanner planner;

	final FanOutWorker worker;

	private final ActivityFanOut activities;

	private final DocumentStore store;

	/**
	 * The events that were taken; they stay in their outboxes, and no relay clears these.
	 */
	private final Set<String> taken = ConcurrentHashMap.newKeySet();

	private final Queue<Runnable> chunks = new ConcurrentLinkedQueue<>();

	public TestFanOut(DocumentStore store, TimelineCache timelines, TimelineSettings timelineSettings,
			FanOutSettings settings, MeterRegistry meters) {
		FollowProjection follows = new FollowProjection(store);
		FanOut fanOut = new FanOut(timelines, timelineSettings, Clock.systemUTC(), meters);
		this.store = store;
		this.large = new LargeFanOuts(store);
		this.pulled = new PulledAuthors(store);
		this.planner = new FanOutPlanner(this.large, follows, this.pulled, settings, this.ids);
		this.worker = new FanOutWorker(fanOut, this.large, this.pulled);
		this.activities = new ActivityFanOut(fanOut, this.large, follows, this.pulled, settings);
	}

	/** Starts the fan-out of an activity. */
	public void start(String id, String author) {
		prepare(id, author).run();
	}

	/**
	 * Reads the followers of an author.
	 * @return starts the fan-out of an activity to these followers
	 */
	public Runnable prepare(String id, String author) {
		Audiences audiences = Objects.requireNonNull(this.activities.audiencesOf(Set.of(author)).block(BOUND));
		NewActivity activity = new NewActivity(id, author, Instant.now(), TestTracing.UNSAMPLED);
		return () -> this.activities.start(List.of(activity), audiences).block(BOUND);
	}

	/** Applies the events of activities, as their listener does. */
	public void apply(ActivityCache cache, List<ReceivedEvent<ActivityEvent>> received) {
		new FanOutListener(null, cache, this.activities).apply(received).block(BOUND);
	}

	/** Runs a whole fan-out, and those that were started before. */
	public void run(String id, String author) {
		start(id, author);
		for (List<Runnable> work = takeWork(); !work.isEmpty(); work = takeWork()) {
			work.forEach(Runnable::run);
		}
	}

	/**
	 * Takes the events that were published since. Each may be applied in any order and
	 * more than once.
	 */
	public List<Runnable> takeWork() {
		List<Runnable> work = new ArrayList<>();
		takeUnsent()
			.flatMap((unsent) -> unsent.entries()
				.stream()
				.filter((entry) -> this.taken.add(unsent.id() + "/" + entry.version()))
				.map((entry) -> apply(unsent, entry)))
			.forEach(work::add);
		Stream.generate(this.chunks::poll).takeWhile(Objects::nonNull).forEach(work::add);
		return work;
	}

	/** Takes the requests of large fan-outs; returns their traces by activity. */
	public Map<String, String> takeRequests() {
		return takeUnsent().collect(Collectors.toMap(UnsentEvents::id, (unsent) -> unsent.entries().get(0).trace()));
	}

	private Stream<UnsentEvents> takeUnsent() {
		return Stream.generate(this.store.outboxQueue()::poll)
			.takeWhile(Objects::nonNull)
			.filter((unsent) -> unsent.outbox().topic().equals(LargeFanOuts.TOPIC));
	}

	private Runnable apply(UnsentEvents unsent, OutboxEntry entry) {
		FanOutEvent event = JsonMapper.shared().readValue(entry.data(), types.classOf(entry.type()).orElseThrow());
		return (event instanceof FanOutEvent.Completed completed) ? () -> this.worker.complete(completed).block(BOUND)
				: () -> this.planner.plan(unsent.id(), this::publish).block(BOUND);
	}

	private Mono<Void> publish(FanOutEvent.ChunkPlanned chunk) {
		return Mono.fromRunnable(() -> this.chunks.add(() -> this.worker.deliver(chunk).block(BOUND)));
	}

}
