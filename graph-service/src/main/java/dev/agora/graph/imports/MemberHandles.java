package dev.agora.graph.imports;

import java.util.Collection;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projection;
import dev.agora.platform.member.MemberCard;

/**
 * Finds members by their handles in this service's projection of members.
 * <p>
 * The search queries all shards, by an index: handles are resolved only for imports.
 */
public final class MemberHandles {

	private static final String HANDLE = "value.handle";

	private final Projection<MemberCard> members;

	public MemberHandles(DocumentStore store) {
		this.members = store.projection("members", MemberCard.class).indexed(Indexes.ascending(HANDLE));
	}

	/** Finds the ids of members by their handles, without unknown and deleted members. */
	Mono<Map<String, String>> findIds(Collection<String> handles) {
		return this.members.list(Filters.in(HANDLE, handles), null, 0).collectMap(MemberCard::handle, MemberCard::id);
	}

}
