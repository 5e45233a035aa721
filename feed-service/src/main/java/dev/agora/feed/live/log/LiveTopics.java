package dev.agora.feed.live.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.Activities;
import dev.agora.platform.event.Event;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.ReceivedEvent;

/** The topics that live streams use, and what they read from their records. */
public final class LiveTopics {

	private static final Logger log = LoggerFactory.getLogger(LiveTopics.class);

	private static final String FOLLOWS = "graph.follows.v1";

	private static final String BLOCKS = "graph.blocks.v1";

	private static final String MEMBERS = "session.members.v1";

	/** The paths of the services' jobs, by their topics. */
	private static final Map<String, String> JOB_PATHS = Map.of("product.jobs.v1", "/api/v1/products/jobs/",
			"graph.jobs.v1", "/api/v1/graph/jobs/", "session.jobs.v1", "/api/v1/members/jobs/", "feed.jobs.v1",
			"/api/v1/feed/jobs/");

	/**
	 * The topics whose events are sent to clients. Their order is that of the offsets in
	 * the ids of events, so a new topic must be the last.
	 */
	static final List<String> SENT = List.of(Activities.TOPIC, FOLLOWS, "product.jobs.v1", "graph.jobs.v1",
			"session.jobs.v1", "feed.jobs.v1");

	private final Map<String, Function<ConsumerRecord<String, byte[]>, Optional<LiveEvent>>> readers = new HashMap<>();

	public LiveTopics(JsonMapper mapper) {
		JsonMapper json = ReceivedEvent.Reader.tolerant(mapper);
		read(json, Activities.TOPIC, ActivityEvent.class, (topic, event) -> ofActivity(event));
		read(json, FOLLOWS, FollowEvent.class, (topic, event) -> ofFollow(event));
		read(json, BLOCKS, BlockEvent.class, (topic, event) -> ofBlock(event.event()));
		read(json, MEMBERS, MemberEvent.class, (topic, event) -> new LiveEvent.MemberDeleted(event.id()));
		JOB_PATHS.keySet().forEach((jobs) -> read(json, jobs, JobEvent.class, LiveTopics::ofJob));
	}

	/** Lists the names of all topics. */
	public List<String> names() {
		return Stream.concat(SENT.stream(), Stream.of(BLOCKS, MEMBERS)).toList();
	}

	/** Returns the path of a job in the API. */
	public static String pathOf(LiveEvent.JobEnded job) {
		return JOB_PATHS.get(job.topic()) + job.id();
	}

	/**
	 * Reads a record. An unreadable one is skipped: the listener of the same topic makes
	 * it a dead letter. So is a dead letter that an operator replays for one consumer
	 * group, since streams have had its event.
	 */
	Optional<LiveEvent> read(ConsumerRecord<String, byte[]> record) {
		if (EventHeaders.get(record.headers(), EventHeaders.REPLAY_FOR) != null) {
			return Optional.empty();
		}
		try {
			return this.readers.getOrDefault(record.topic(), (unknown) -> Optional.empty()).apply(record);
		}
		catch (RuntimeException ex) {
			log.debug("{}-{}@{} cannot be read", record.topic(), record.partition(), record.offset(), ex);
			return Optional.empty();
		}
	}

	private <E extends Event> void read(JsonMapper json, String topic, Class<E> type,
			BiFunction<String, ReceivedEvent<E>, LiveEvent> mapping) {
		ReceivedEvent.Reader<E> reader = ReceivedEvent.Reader.of(type, json);
		this.readers.put(topic, (record) -> reader.read(record).map((event) -> mapping.apply(topic, event)));
	}

	private static LiveEvent ofActivity(ReceivedEvent<ActivityEvent> received) {
		ActivityEvent.Published published = (ActivityEvent.Published) received.event();
		return new LiveEvent.Published(received.id(), given(published.author()), published.friend(), received.at());
	}

	private static LiveEvent ofFollow(ReceivedEvent<FollowEvent> received) {
		if (received.event() instanceof FollowEvent.Ended ended) {
			return new LiveEvent.Unfollowed(given(ended.follower()), given(ended.followee()));
		}
		FollowEvent.Started started = (FollowEvent.Started) received.event();
		return new LiveEvent.Followed(given(started.follower()), given(started.followee()), received.at());
	}

	private static LiveEvent ofBlock(BlockEvent event) {
		if (event instanceof BlockEvent.Ended ended) {
			return new LiveEvent.Unblocked(given(ended.blocker()), given(ended.blocked()));
		}
		BlockEvent.Started started = (BlockEvent.Started) event;
		return new LiveEvent.Blocked(given(started.blocker()), given(started.blocked()));
	}

	private static LiveEvent ofJob(String topic, ReceivedEvent<JobEvent> received) {
		JobEvent.Ended ended = (JobEvent.Ended) received.event();
		return new LiveEvent.JobEnded(topic, received.id(), given(ended.kind()), given(ended.owner()),
				given(ended.state()), given(ended.at()));
	}

	/** A record may lack a field. */
	private static <T> T given(@Nullable T field) {
		return Objects.requireNonNull(field, "A field is missing.");
	}

}
