package dev.agora.feed.live;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

import dev.agora.feed.live.item.EndReason;
import dev.agora.feed.live.item.LiveItem;
import dev.agora.feed.live.item.LiveViews;
import dev.agora.feed.live.listener.ListenerAuthors;
import dev.agora.feed.live.listener.Listeners;
import dev.agora.feed.live.listener.LiveStream;
import dev.agora.feed.live.log.LiveEvent;
import dev.agora.feed.live.log.LiveLog;
import dev.agora.feed.live.log.LiveLog.Sent;
import dev.agora.feed.live.log.Position;
import dev.agora.platform.kafka.tail.TailListener;

/**
 * Passes each event to the streams of the members whom it concerns. One thread does all
 * of its work, so that a stream starts between two events and misses none.
 */
public final class LiveHub implements TailListener, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LiveHub.class);

	private static final Duration TICK = Duration.ofSeconds(1);

	private final LiveViews views;

	private final LiveSettings settings;

	private final LiveMeters meters;

	private final LiveLog log;

	private final Listeners listeners = new Listeners();

	private final ListenerAuthors authors;

	private final Sinks.Empty<Void> caughtUp = Sinks.empty();

	private final Scheduler thread = Schedulers.newSingle("live", true);

	public LiveHub(LiveLog log, LiveViews views, LiveSettings settings, LiveMeters meters) {
		this.log = log;
		this.authors = new ListenerAuthors(this.listeners, log);
		this.views = views;
		this.settings = settings;
		this.meters = meters;
		this.thread.schedulePeriodically(this::beat, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void onAssigned(TopicPartition partition, long first) {
		run(() -> this.log.assign(partition, first));
	}

	@Override
	public void onRecords(List<ConsumerRecord<String, byte[]>> records) {
		run(() -> records.forEach(this::receive));
	}

	@Override
	public void onCaughtUp() {
		this.caughtUp.tryEmitEmpty();
	}

	/** Sends heartbeats for as long as this instance has not read the topics yet. */
	Flux<LiveItem> awaitLog() {
		return Flux.interval(this.settings.heartbeat())
			.onBackpressureDrop()
			.map((tick) -> LiveItem.opened())
			.takeUntilOther(this.caughtUp.asMono());
	}

	@Override
	public void destroy() {
		this.thread.dispose();
	}

	/**
	 * Returns the position from which the log has all activities for a client: its own
	 * one, or that of now if the client must read the store first.
	 */
	Mono<Position> positionFor(Position since) {
		return onThread(() -> this.log.hasActivitiesSince(since) ? since : this.log.withActivitiesOfNow(since));
	}

	/**
	 * Starts a stream: from now on it receives what concerns its member.
	 * @param stored the authors of the member's home feed, as the store has them
	 * @param since the position of the client, null if it has none
	 */
	Mono<Activation> activate(LiveStream stream, Set<String> stored, @Nullable Position since) {
		return onThread(() -> activateNow(stream, stored, since));
	}

	/** Removes a stream that has ended. */
	void remove(LiveStream stream) {
		if (!this.thread.isDisposed()) {
			this.thread.schedule(() -> this.listeners.remove(stream));
		}
	}

	private <T> Mono<T> onThread(Supplier<T> work) {
		return Mono.fromSupplier(work).subscribeOn(this.thread);
	}

	/** Waits on the thread of the caller, so that it reads no faster than this works. */
	private void run(Runnable work) {
		CompletableFuture.runAsync(work, this.thread::schedule).join();
	}

	private Activation activateNow(LiveStream stream, Set<String> stored, @Nullable Position since) {
		String member = stream.member();
		Set<String> authors = this.authors.of(member, stored);
		this.listeners.add(stream, authors);
		long interval = this.settings.heartbeat().toNanos();
		stream.firstHeartbeat(System.nanoTime() + ThreadLocalRandom.current().nextLong(interval));
		String now = this.log.position().encode();
		return (since != null) ? resume(new Resumption(member, authors, since), now)
				: new Activation(List.of(), true, now);
	}

	private Activation resume(Resumption resumption, String now) {
		List<Sent> all = resumption.list(this.log);
		List<Sent> newest = all.subList(Math.max(0, all.size() - this.settings.resume()), all.size());
		List<LiveItem> items = newest.stream().map((sent) -> toItem(sent, resumption.member())).toList();
		return new Activation(items, all.size() == newest.size() && this.log.isCompleteSince(resumption.since()), now);
	}

	private LiveItem toItem(Sent sent, String member) {
		LiveItem item = this.views.toItem(sent.event(), sent.position().encode());
		return this.views.toItemFor(member, sent.event(), item);
	}

	/** A defect in the handling of one event keeps no other from its streams. */
	private void receive(ConsumerRecord<String, byte[]> record) {
		try {
			this.log.add(record).ifPresent((arrived) -> dispatch(arrived.event()));
		}
		catch (RuntimeException ex) {
			logger.error("{}-{}@{} was not sent to streams", record.topic(), record.partition(), record.offset(), ex);
		}
	}

	private void dispatch(LiveEvent event) {
		if (event instanceof LiveEvent.Published published) {
			publish(published);
		}
		else if (event instanceof LiveEvent.Followed followed) {
			follow(followed);
		}
		else if (event instanceof LiveEvent.JobEnded job) {
			send(event, this.listeners.ofMember(job.owner()), this.log);
		}
		else if (event instanceof LiveEvent.MemberDeleted deleted) {
			this.listeners.ofMember(deleted.member()).forEach((stream) -> stream.end(EndReason.DELETED));
		}
		else {
			this.authors.apply(event);
		}
	}

	private void publish(LiveEvent.Published activity) {
		List<LiveStream> streams = this.listeners.ofAuthor(activity.author(),
				(listener) -> Resumption.isShown(activity, listener::hasAuthor));
		if (send(activity, streams, this.log)) {
			this.meters.published(activity.at());
		}
	}

	private void follow(LiveEvent.Followed follow) {
		String follower = follow.follower();
		this.authors.follow(follow)
			.filter((activity) -> Resumption.isShown(activity, (author) -> this.listeners.hasAuthor(follower, author)))
			.forEach((activity) -> send(activity, this.listeners.ofMember(follower), null));
		send(follow, this.listeners.ofMember(follow.followee()), this.log);
	}

	/**
	 * Sends an event to some streams.
	 * @param reached the log whose position their clients reach by it, null if they stay
	 * where they are
	 * @return whether there are any
	 */
	private boolean send(LiveEvent event, Collection<LiveStream> streams, @Nullable LiveLog reached) {
		if (streams.isEmpty()) {
			return false;
		}
		LiveItem item = this.views.toItem(event, (reached != null) ? reached.position().encode() : null);
		streams.forEach((stream) -> stream.offer(this.views.toItemFor(stream.member(), event, item)));
		this.meters.sent(streams.size());
		return true;
	}

	private void beat() {
		long now = System.nanoTime();
		long interval = this.settings.heartbeat().toNanos();
		List<LiveStream> due = this.listeners.all().stream().filter((stream) -> stream.beats(now, interval)).toList();
		if (!due.isEmpty()) {
			LiveItem heartbeat = LiveItem.heartbeat(this.log.position().encode());
			due.forEach((stream) -> stream.offer(heartbeat));
		}
	}

	/**
	 * The start of a stream.
	 *
	 * @param items what the client lacks, in the order of arrival
	 * @param complete whether this is all that it lacks
	 * @param position the position of the client after that
	 */
	record Activation(List<LiveItem> items, boolean complete, String position) {

	}

}
