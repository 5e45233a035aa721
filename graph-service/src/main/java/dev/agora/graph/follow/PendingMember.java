package dev.agora.graph.follow;

/**
 * A member whose ties wait to be brought in line with the projection.
 *
 * @param id the member's id
 * @param version the version of the member that the ties are to reach
 * @param position the other member of the last tie that is in line, empty at the
 * beginning
 */
record PendingMember(String id, long version, String position) {
}
