package dev.agora.platform.job.worker;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;

/** The handlers of a service by the kind of their jobs. */
final class JobHandlers {

	private final Map<String, JobHandler> handlers;

	JobHandlers(Collection<JobHandler> handlers) {
		this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
	}

	/** Returns the kinds of the jobs that this instance can run. */
	Set<String> kinds() {
		return this.handlers.keySet();
	}

	/** Does the work of a run by the handler of its kind. */
	Mono<?> run(JobRun run) {
		String kind = run.job().value().kind();
		@Nullable JobHandler handler = this.handlers.get(kind);
		return (handler != null) ? handler.run(run)
				: Mono.error(new IllegalStateException("No handler runs jobs of the kind " + kind + "."));
	}

}
