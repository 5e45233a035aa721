package dev.agora.platform.job.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.Status;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.lifecycle.Build;
import dev.agora.system.TestSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Workers of this process share the queue of a topic of their own at a real broker. */
@Order(Order.DEFAULT + 1)
class JobQueueJourney {

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static final Build BUILD = new Build("queue" + System.nanoTime() + "-service", "1", "test");

	private static MongoClient mongo;

	private static KafkaProducer<String, byte[]> producer;

	private static KafkaSettings kafka;

	private final Jobs jobs = new Jobs(
			new DocumentStore(mongo.getDatabase("queue" + System.nanoTime()), JsonMapper.shared(), Clock.systemUTC()),
			BUILD, TestWorkers.settings(), TestWorkers.ENVIRONMENT);

	private final TestWorkers workers = new TestWorkers(this.jobs, Jobs.topic(BUILD), kafka);

	@BeforeAll
	static void createTopic() throws IOException, ExecutionException, InterruptedException {
		assumeTrue(TestSystem.isOwn(), "It creates a topic, so it needs a system that the tests have started.");
		TestSystem.awaitReady();
		String brokers = "127.0.0.1:" + TestSystem.portOf("kafka");
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
			admin.createTopics(List.of(new NewTopic(Jobs.topic(BUILD), 3, (short) -1))).all().get();
		}
		kafka = TestWorkers.bind("agora.kafka", KafkaSettings.class, Map.of("agora.kafka.bootstrap-servers", brokers));
		producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers), new StringSerializer(),
				new ByteArraySerializer());
		mongo = MongoClients.create("mongodb://127.0.0.1:" + TestSystem.portOf("mongo"));
	}

	@AfterAll
	static void close() {
		if (producer != null) {
			producer.close();
			mongo.close();
		}
	}

	@AfterEach
	void stopWorkers() {
		this.workers.close();
	}

	@Test
	void eachJobRunsOnceOnSeveralWorkers() throws Exception {
		for (int i = 0; i < 3; i++) {
			this.workers.start((run) -> run.report(1, 1L, null));
		}
		List<String> submitted = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			submitted.add(submit("owner" + i % 7));
		}
		submitted.forEach((job) -> awaitState(job, JobState.SUCCEEDED));
		assertThat(this.workers.runs()).containsExactlyInAnyOrderElementsOf(submitted);
	}

	@Test
	void aStoppingWorkerHandsItsJobOver() throws Exception {
		JobWorker first = this.workers.start((run) -> Mono.never());
		String job = submit("ada");
		awaitState(job, JobState.RUNNING);
		first.stop();
		awaitState(job, JobState.QUEUED);
		this.workers.start((run) -> Mono.just(Map.of("attempt", run.job().value().attempts())));
		publish(job, queued());
		awaitState(job, JobState.SUCCEEDED);
		assertThat(find(job).value().result()).isEqualTo("{\"attempt\":1}");
	}

	@Test
	void recordsThatNoJobHasWrittenDelayNone() throws Exception {
		this.workers.start((run) -> Mono.empty());
		publish(null, List.of());
		publish("x", List.of(new RecordHeader("ce_type", new byte[] { (byte) 0xff })));
		publish("x", List.of(new RecordHeader("ce_type", null)));
		publish("nothing", queued());
		awaitState(submit("ada"), JobState.SUCCEEDED);
	}

	@Test
	void aWorkerWaitsForTheBrokers() throws Exception {
		TestSystem.agora("stop", "kafka");
		try {
			awaitProblem(this.workers.start((run) -> Mono.empty()), "The brokers are unavailable");
		}
		finally {
			TestSystem.agora("start", "kafka");
		}
		awaitState(submit("ada"), JobState.SUCCEEDED);
	}

	@Test
	void brokersWithoutShareGroupsAreReportedUntilTheyHaveThem() throws Exception {
		setShareVersion(0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
		JobWorker worker;
		try {
			worker = this.workers.start((run) -> Mono.empty());
			awaitProblem(worker, "Kafka 4.2 or later");
		}
		finally {
			setShareVersion(1, FeatureUpdate.UpgradeType.UPGRADE);
		}
		awaitState(submit("ada"), JobState.SUCCEEDED);
		assertThat(worker.health().getStatus()).isEqualTo(Status.UP);
		String log = TestSystem.log("product-service-1");
		assertThat(log.lines().filter((line) -> line.startsWith("\tat org.apache.kafka"))).isEmpty();
	}

	/** The shortest lock that brokers allow by default is 15 s. */
	@Test
	void aJobThatTakesLongerThanTheLockRunsOnce() throws Exception {
		assumeTrue(TestSystem.isDistributed(), "It takes long, so it is left out of the build.");
		this.workers.start((run) -> Mono.delay(Duration.ofSeconds(50)));
		this.workers.start((run) -> Mono.delay(Duration.ofSeconds(50)));
		String job = submit("ada");
		awaitState(job, JobState.SUCCEEDED);
		assertThat(this.workers.runs()).containsExactly(job);
		assertThat(find(job).value().attempts()).isEqualTo(1);
	}

	private static void awaitProblem(JobWorker worker, String problem) {
		Awaitility.await("the health names the problem")
			.atMost(BOUND)
			.until(() -> String.valueOf(worker.health().getDetails().get("problem")).contains(problem));
	}

	private static void setShareVersion(int version, FeatureUpdate.UpgradeType type)
			throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", String.join(",", kafka.bootstrapServers())))) {
			admin
				.updateFeatures(Map.of("share.version", new FeatureUpdate((short) version, type)),
						new UpdateFeaturesOptions())
				.all()
				.get();
		}
	}

	private String submit(String owner) throws ExecutionException, InterruptedException {
		String id = Objects.requireNonNull(this.jobs.submit("test", owner, Map.of(), Optional.empty()).block()).id();
		publish(id, queued());
		return id;
	}

	private static List<Header> queued() {
		return List.of(new RecordHeader("ce_type", "job.queued".getBytes(StandardCharsets.US_ASCII)));
	}

	private static void publish(@Nullable String key, List<Header> headers)
			throws ExecutionException, InterruptedException {
		producer.send(new ProducerRecord<>(Jobs.topic(BUILD), null, key, new byte[0], headers)).get();
	}

	private Stored<Job> find(String job) {
		return Objects.requireNonNull(this.jobs.find(job).block());
	}

	private void awaitState(String job, JobState state) {
		Awaitility.await("the job is " + state).atMost(BOUND).until(() -> find(job).value().state() == state);
	}

}
