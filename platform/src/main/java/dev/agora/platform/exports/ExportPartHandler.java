package dev.agora.platform.exports;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.lifecycle.Build;

/**
 * Collects what this service holds about a member, and sends it in chunks. A repeated run
 * sends all of it again, under an id of its own.
 */
public final class ExportPartHandler implements JobHandler {

	/** The kind of the job. */
	static final String KIND = "collect-data";

	private final List<ExportSource> sources;

	private final ExportPartPublisher publisher;

	private final String service;

	private final JsonMapper json;

	private final Clock clock;

	ExportPartHandler(Collection<ExportSource> sources, ExportPartPublisher publisher, Build build, JsonMapper json,
			Clock clock) {
		this.sources = sources.stream().sorted(Comparator.comparing(ExportSource::type)).toList();
		this.publisher = publisher;
		this.service = build.service();
		this.json = json;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Mono<Void> run(JobRun run) {
		ExportPartRequest request = run.parameters(ExportPartRequest.class);
		return this.clock.instant().isBefore(request.until()) ? collect(new Part(request, run)) : Mono.empty();
	}

	private Mono<Void> collect(Part part) {
		return Flux.fromIterable(this.sources)
			.concatMap((source) -> lines(source, part.request.member()), 1)
			.concatMapIterable(part::add, 1)
			.concatWith(Flux.defer(() -> Flux.fromIterable(part.text.end())))
			.concatMap(part::send, 1)
			.then(Mono.defer(part::complete));
	}

	private Flux<String> lines(ExportSource source, String member) {
		return Flux.from(source.read(member))
			.map((data) -> this.json.writeValueAsString(new ExportLine(this.service, source.type(), data)));
	}

	/** The part of one run, as far as it is collected. */
	private final class Part {

		private final ExportPartRequest request;

		private final JobRun job;

		private final String run = UUID.randomUUID().toString();

		private final TextChunks text = new TextChunks();

		private long records;

		private long chunks;

		Part(ExportPartRequest request, JobRun job) {
			this.request = request;
			this.job = job;
		}

		List<String> add(String line) {
			this.records++;
			return this.text.add(line);
		}

		Mono<Void> send(String chunk) {
			this.chunks++;
			return send(this.chunks, new ExportPartEvent.Collected(this.request.export(),
					ExportPartHandler.this.service, this.run, this.chunks, chunk))
				.then(Mono.defer(() -> this.job.report(this.records, null, null)));
		}

		Mono<Void> complete() {
			return send(this.chunks + 1, new ExportPartEvent.Completed(this.request.export(),
					ExportPartHandler.this.service, this.run, this.chunks, this.records));
		}

		private Mono<Void> send(long version, ExportPartEvent event) {
			return ExportPartHandler.this.publisher.send(this.request.export() + ":" + this.run, version, event);
		}

	}

}
