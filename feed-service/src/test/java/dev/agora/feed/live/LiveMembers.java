package dev.agora.feed.live;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import org.springframework.context.ApplicationContext;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.feed.live.log.LiveRecords;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;

/** Members and their activities in the store, and their events as Kafka delivers them. */
final class LiveMembers {

	/** A position before this offset is one that the log has no more. */
	private static final long FIRST_OFFSET = 100;

	private static final AtomicLong offset = new AtomicLong(FIRST_OFFSET);

	private static final Set<LiveHub> started = ConcurrentHashMap.newKeySet();

	private final ApplicationContext context;

	LiveMembers(ApplicationContext context) {
		this.context = context;
	}

	/** Starts the log of the application, unless another test has done so. */
	void start() {
		if (started.add(hub())) {
			hub().onAssigned(new TopicPartition(Activities.TOPIC, 0), FIRST_OFFSET);
			hub().onAssigned(new TopicPartition(Activities.TOPIC, 1), FIRST_OFFSET);
			hub().onCaughtUp();
		}
	}

	String register(String name) {
		String id = part(IdGenerator.class).next();
		TestProjections
			.upsertMember(part(DocumentStore.class), new MemberCard(id, "h_" + id.toLowerCase(Locale.ROOT), name), 1)
			.block();
		return id;
	}

	/** Stores a follow, as its own listener does. */
	void storeFollow(String follower, String followee) {
		part(FollowProjection.class).upsert(follower + ":" + followee, 1, new Follow(follower, followee)).block();
	}

	/** Stores a post whose event has not arrived yet. */
	String store(String author, String text) {
		return store((at) -> Activity.post(author(author), text, null, at));
	}

	/** Stores the friendship of two members as an activity of the first. */
	String storeFriendship(String author, String friend) {
		return store((at) -> Activity.friendship(author(author), author(friend), at));
	}

	/** Stores a friendship and delivers its event. */
	String befriend(String author, String friend) {
		String id = storeFriendship(author, friend);
		deliver(LiveRecords.befriended(offset.incrementAndGet(), id, author, friend));
		return id;
	}

	/** Stores a block, as its own listener does. */
	void storeBlock(String blocker, String blocked) {
		part(BlockProjection.class).upsert(new Block(blocker, blocked), 1).block();
		part(HiddenMembersCache.class).evict(blocker).block();
		part(HiddenMembersCache.class).evict(blocked).block();
	}

	/** Delivers the event of a post. */
	void publish(String post, String author) {
		publish(post, author, Instant.now());
	}

	void publish(String post, String author, Instant at) {
		deliver(LiveRecords.published(0, offset.incrementAndGet(), post, author, at));
	}

	/** Stores a post and delivers its event. */
	String post(String author) {
		String id = store(author, "Hello");
		publish(id, author);
		return id;
	}

	void follow(String type, String follower, String followee) {
		deliver(LiveRecords.follow(offset.incrementAndGet(), type, follower, followee));
	}

	void block(String blocker, String blocked) {
		deliver(LiveRecords.block(offset.incrementAndGet(), "started", blocker, blocked));
	}

	void unblock(String blocker, String blocked) {
		deliver(LiveRecords.block(offset.incrementAndGet(), "ended", blocker, blocked));
	}

	void endJob(String job, String owner) {
		deliver(LiveRecords.jobEnded(offset.incrementAndGet(), job, owner));
	}

	void delete(String member) {
		deliver(LiveRecords.memberDeleted(offset.incrementAndGet(), member));
	}

	<T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	private String store(Function<Instant, Change<Activity>> activity) {
		return Objects.requireNonNull(part(Activities.class).add(activity, Optional.empty()).block()).id();
	}

	private static Author author(String member) {
		return new Author(member, "h_" + member.toLowerCase(Locale.ROOT), "Ann", 1);
	}

	private void deliver(ConsumerRecord<String, byte[]> event) {
		hub().onRecords(List.of(event));
	}

	private LiveHub hub() {
		return part(LiveHub.class);
	}

}
