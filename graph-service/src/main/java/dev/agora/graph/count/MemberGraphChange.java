package dev.agora.graph.count;

import java.util.List;

/**
 * A change of a member's lists, which the database has already.
 *
 * @param owner the id of the member whose lists changed
 * @param version the version of the member's graph afterwards; the change raised it by
 * one
 * @param moves the members who entered or left a list, or whose place a reader may have
 * seen differently; none if another attempt has written the change, so that only its
 * version is known
 */
public record MemberGraphChange(String owner, long version, List<TieMove> moves) {
}
