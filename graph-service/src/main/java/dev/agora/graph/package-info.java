/**
 * Who follows whom. <pre>
 * request   gateway  TokenSwapFilter > limit > route                PUT path
 * handler   follow.FollowController          both members known?    > member.Members > follow.Follows
 * domain    follow.Follow.restart(), end()   Change(next, Started | Ended)          (JDK only)
 * store     follow.Follows                   > platform.document.Documents.change: ONE update: value, version+1, push outbox[]
 * outbox    platform.kafka.OutboxRelay       finds outbox.0 > sends (acks=all, key=id) > pulls what was sent
 * Kafka     graph.follows.v1                 key = follower:followee
 * listener  upkeep.MemberListener            takes session.members.v1: one method, key order kept
 * copy      member.Members                   guarded by version: older or equal is ignored
 * upkeep    upkeep.Upkeep > follow.Follows   ends the follows of who left; FollowListener those that start meanwhile
 * </pre>
 */
@NullMarked
package dev.agora.graph;

import org.jspecify.annotations.NullMarked;
