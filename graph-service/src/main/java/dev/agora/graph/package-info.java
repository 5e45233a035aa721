/**
 * The graph of members who follow each other. <pre>
 * request    gateway  TokenSwapFilter > limit > route                PUT path
 * controller follow.FollowController          both members exist?    > platform.member.MemberProjection > Follows
 * domain     follow.Follow.restart(), end()   Change(next, Started | Ended)          (JDK only)
 * store      follow.Follows                   > platform.document.Documents.change: ONE update: value, version+1, push outbox[]
 * outbox     platform.kafka.OutboxRelay       finds outbox.0 > sends (acks=all, key=id) > pulls what was sent
 * Kafka      graph.follows.v1                 key = follower:followee
 * reconcile  platform.member.MemberListener   > platform.projection.Reconciler > follow.MemberFollows > Follows
 *            follow.FollowListener            reconciles each new follow with its members
 * </pre>
 */
@NullMarked
package dev.agora.graph;

import org.jspecify.annotations.NullMarked;
