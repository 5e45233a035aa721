/**
 * The ids of the members whom a member follows, who follow the member, and who are
 * friends of the member, cached in Redis as sets. <pre>
 * read       IdSets            > SetStore (Redis)    SINTER, SMEMBERS: whole sets only
 * load       SetLoader         one instance holds the lease of a set  > SetOrigin (ties in MongoDB)
 * write      IdSets.onChange   one script raises the version of the sets of a member
 * events     SetListener       drops sets that are older than the member's counts
 * </pre>
 */
@NullMarked
package dev.agora.graph.set;

import org.jspecify.annotations.NullMarked;
