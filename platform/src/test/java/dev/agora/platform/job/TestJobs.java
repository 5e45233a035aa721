package dev.agora.platform.job;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.lifecycle.Build;

/** Jobs in a store of a test. */
public final class TestJobs {

	/** The kind of the jobs that this class submits. */
	public static final String KIND = "count";

	private static final Build BUILD = new Build("test-service", "1", "test");

	private final Jobs jobs;

	public TestJobs(DocumentStore store, Clock clock, Map<String, String> settings) {
		this.jobs = new Jobs(store, BUILD, settings(settings), environment(clock));
	}

	/** Binds settings as a service does. */
	public static JobSettings settings(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("agora.jobs", JobSettings.class);
	}

	/** Creates the parts of the process that jobs use. */
	public static Jobs.Environment environment(Clock clock) {
		return new Jobs.Environment(new IdGenerator(Clock.systemUTC()), JsonMapper.shared(), clock);
	}

	public Jobs jobs() {
		return this.jobs;
	}

	/** Submits a job of an owner. */
	public Stored<Job> submit(String owner) {
		return Objects.requireNonNull(this.jobs.submit(KIND, owner, Map.of("to", 3), Optional.empty()).block());
	}

}
