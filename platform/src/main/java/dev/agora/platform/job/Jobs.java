package dev.agora.platform.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Outbox;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * The system of record of jobs.
 * <p>
 * Shard key: {@code _id}. Lists and the search for the next job query all shards, each by
 * an index.
 */
public final class Jobs {

	private static final String STATE = "value.state";

	private static final String OWNER = "value.owner";

	private static final String PUBLISH_AT = "value.publishAt";

	private static final String EXPIRES_AT = "value.expiresAt";

	private static final String CHECKPOINT = "value.checkpoint";

	/** Lists leave out these fields, which may be long. */
	private static final List<String> LONG_FIELDS = List.of(CHECKPOINT, "value.result");

	private static final int OLDEST = 10;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final Documents<Job> documents;

	private final IdGenerator ids;

	private final JsonMapper json;

	private final Clock clock;

	private final JobSettings settings;

	public Jobs(DocumentStore store, Build build, JobSettings settings, Environment environment) {
		this.documents = store.documents("jobs", Job.class, topic(build))
			.indexed(Indexes.ascending(STATE, "_id"), Indexes.ascending(OWNER, STATE, "_id"),
					Indexes.ascending(STATE, PUBLISH_AT),
					Indexes.compoundIndex(Indexes.ascending(OWNER), Indexes.descending("_id")))
			.expiringAt(EXPIRES_AT);
		this.ids = environment.ids();
		this.json = environment.json();
		this.clock = environment.clock();
		this.settings = settings;
	}

	/** Returns the topic of a service's jobs: {@code product.jobs.v1}. */
	public static String topic(Build build) {
		return build.service().replace("-service", "") + ".jobs.v1";
	}

	/**
	 * Submits a job. It returns as soon as the job is stored, also while the brokers are
	 * unavailable.
	 * @param kind the kind of work, for which there is a {@link JobHandler}
	 * @param owner the member who starts it, or the name of a system task
	 * @param parameters the parameters, which are stored as JSON
	 * @param idempotency identifies a repeated request
	 * @return the job, or the one that the same request submitted before
	 * @throws TooManyRequests if too many jobs of the owner wait
	 */
	public Mono<Stored<Job>> submit(String kind, String owner, Object parameters, Optional<Idempotency> idempotency) {
		Instant now = this.clock.instant();
		Change<Job> submission = Job.submit(kind, owner, this.json.writeValueAsString(parameters), now);
		return this.documents.reserve(this.ids.next(), idempotency)
			.flatMap((id) -> this.documents.find(id)
				.switchIfEmpty(requireFewOpen(owner).then(this.documents.createReserved(id, submission))));
	}

	/** Finds a job; empty if there is none or it has expired. */
	public Mono<Stored<Job>> find(String id) {
		return this.documents.find(id).filter((job) -> !job.value().isExpired(this.clock.instant()));
	}

	/**
	 * Finds a job of an owner.
	 * @throws NotFound if the owner has no such job
	 */
	public Mono<Stored<Job>> require(String id, String owner) {
		return Mono.just(id)
			.filter(IdGenerator::isId)
			.flatMap(this::find)
			.filter((job) -> job.value().owner().equals(owner))
			.switchIfEmpty(Mono.error(() -> NotFound.of("job", id)));
	}

	/** Finds several jobs without their checkpoints. */
	public Flux<Stored<Job>> findAll(Collection<String> jobIds) {
		return this.documents.listWithout(List.of(CHECKPOINT), Filters.in("_id", jobIds), Sorts.ascending("_id"), 0);
	}

	/**
	 * Cancels a job. Its worker stops within about a second.
	 * @return the job afterwards; it may have ended otherwise before
	 */
	public Mono<Stored<Job>> cancel(String id) {
		return change(id, (job) -> job.value().cancel(retention()));
	}

	/**
	 * Lists a page of the jobs that match a query, the newest first, without their
	 * checkpoints and results.
	 */
	public Mono<Page<Stored<Job>>> list(JobQuery query, PageRequest page) {
		return this.documents
			.listWithout(LONG_FIELDS, filter(query, page.cursor()), Sorts.descending("_id"), page.limit() + 1)
			.collectList()
			.map((read) -> Page.cut(read, page, Stored::id));
	}

	/** Lists the running jobs without their checkpoints and results. */
	public Flux<Stored<Job>> running() {
		return this.documents.listWithout(LONG_FIELDS, Filters.eq(STATE, JobState.RUNNING.name()),
				Sorts.ascending("_id"), 0);
	}

	/** Finds the oldest job that waits and may run, of owners other than these. */
	public Mono<Stored<Job>> nextOfOthers(Collection<String> owners, Collection<String> kinds) {
		return next(Filters.nin(OWNER, owners), kinds);
	}

	/** Finds the oldest job that waits and may run, of these owners. */
	public Mono<Stored<Job>> nextOf(Collection<String> owners, Collection<String> kinds) {
		return next(Filters.in(OWNER, owners), kinds);
	}

	/** Counts the jobs in a state. */
	public Mono<Long> count(JobState state) {
		return this.documents.count(Filters.eq(STATE, state.name()));
	}

	/** Counts the running jobs of an owner. */
	public Mono<Long> countRunning(String owner) {
		return this.documents.count(Filters.and(Filters.eq(OWNER, owner), Filters.eq(STATE, JobState.RUNNING.name())));
	}

	/** Finds the oldest job that waits; empty if none does. */
	public Mono<Stored<Job>> oldestQueued() {
		return oldest(Filters.eq(STATE, JobState.QUEUED.name()));
	}

	/**
	 * Finds the queued jobs that the sweep is to publish, the most overdue first. A job
	 * that still has unsent events needs no more of them.
	 */
	public Flux<Stored<Job>> toPublish(int limit) {
		Bson overdue = Filters.and(Filters.eq(STATE, JobState.QUEUED.name()),
				Filters.lte(PUBLISH_AT, this.clock.instant()), Outbox.SENT);
		return this.documents.listWithout(LONG_FIELDS, overdue, Sorts.ascending(PUBLISH_AT), limit);
	}

	/**
	 * Changes a job by compare-and-set.
	 * @throws NotFound if there is no such job
	 */
	public Mono<Stored<Job>> change(String id, Function<Stored<Job>, Change<Job>> decision) {
		return this.documents.change(id, decision);
	}

	/** Returns the times of a job that ends now. */
	public JobRetention retention() {
		Instant now = this.clock.instant();
		return new JobRetention(now, now.plus(this.settings.retention()));
	}

	private Mono<Stored<Job>> next(Bson owners, Collection<String> kinds) {
		Bson due = Filters.and(Filters.eq(STATE, JobState.QUEUED.name()),
				Filters.lte("value.notBefore", this.clock.instant()), owners, Filters.in("value.kind", kinds));
		return oldest(due);
	}

	/** Reads more than one, since those that cannot be decoded are left out. */
	private Mono<Stored<Job>> oldest(Bson filter) {
		return this.documents.listWithout(LONG_FIELDS, filter, Sorts.ascending("_id"), OLDEST).next();
	}

	private Bson filter(JobQuery query, @Nullable String cursor) {
		List<Bson> parts = new ArrayList<>();
		parts.add(Filters.or(Filters.exists(EXPIRES_AT, false), Filters.gt(EXPIRES_AT, this.clock.instant())));
		if (query.owner() != null) {
			parts.add(Filters.eq(OWNER, query.owner()));
		}
		if (query.state() != null) {
			parts.add(Filters.eq(STATE, query.state().name()));
		}
		if (cursor != null) {
			parts.add(Filters.lt("_id", cursor));
		}
		return Filters.and(parts);
	}

	private Mono<Void> requireFewOpen(String owner) {
		Bson open = Filters.and(Filters.eq(OWNER, owner),
				Filters.in(STATE, JobState.QUEUED.name(), JobState.RUNNING.name()));
		return this.documents.count(open)
			.filter((count) -> count >= this.settings.maxOpen())
			.flatMap((count) -> Mono.error(new TooManyRequests("too-many-jobs",
					count + " of your jobs wait or run. Submit more when some of them have ended.", RETRY_AFTER)));
	}

	/**
	 * The parts of the process that jobs use.
	 *
	 * @param json reads and writes what jobs store; it ignores the fields that only
	 * another version of the service knows
	 */
	public record Environment(IdGenerator ids, JsonMapper json, Clock clock) {

		public Environment {
			json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		}

	}

}
