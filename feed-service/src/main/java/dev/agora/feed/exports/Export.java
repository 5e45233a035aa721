package dev.agora.feed.exports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.agora.platform.document.Change;

/**
 * An export of what the services hold about a member. Its id is that of its job.
 *
 * @param member the id of the member
 * @param services the services whose parts it needs
 * @param parts the complete parts, sorted by service
 * @param requestedAt when the services were requested to send their parts
 * @param until when an incomplete export fails
 * @param expiresAt when it is removed
 */
public record Export(String member, List<String> services, List<ExportPart> parts, Instant requestedAt, Instant until,
		Instant expiresAt) {

	public Export {
		services = List.copyOf(services);
		parts = List.copyOf(parts);
	}

	/** Requests the parts of the services. */
	static Change<Export> request(String member, List<String> services, Instant at, Times times) {
		return Change.to(new Export(member, services, List.of(), at, times.until(), times.expiresAt()),
				new ExportEvent.Requested(member, services, times.until()));
	}

	/**
	 * Adds the complete part of a service. The first one is kept, since the parts of
	 * other runs are no better.
	 */
	Change<Export> add(ExportPart part) {
		if (!awaits(part.service())) {
			return Change.none(this);
		}
		List<ExportPart> all = new ArrayList<>(this.parts);
		all.add(part);
		all.sort(Comparator.comparing(ExportPart::service));
		return Change
			.withoutEvent(new Export(this.member, this.services, all, this.requestedAt, this.until, this.expiresAt));
	}

	/** Removes this export. */
	static Change<Export> remove() {
		return Change.removal(new ExportEvent.Removed());
	}

	/** Whether the part of a service is needed and lacking. */
	boolean awaits(String service) {
		return missing().contains(service);
	}

	/** Returns the services whose parts are lacking. */
	List<String> missing() {
		List<String> missing = new ArrayList<>(this.services);
		this.parts.forEach((part) -> missing.remove(part.service()));
		return missing;
	}

	long records() {
		return this.parts.stream().mapToLong(ExportPart::records).sum();
	}

	long bytes() {
		return this.parts.stream().mapToLong(ExportPart::bytes).sum();
	}

	/**
	 * The times of an export.
	 *
	 * @param until when it fails if it is incomplete
	 * @param expiresAt when it is removed
	 */
	record Times(Instant until, Instant expiresAt) {
	}

}
