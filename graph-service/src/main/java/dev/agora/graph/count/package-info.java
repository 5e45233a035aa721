/**
 * The counts of members' lists. Each write of a tie counts it once. <pre>
 * write      TieWriter        counts are read > ties are read and written > counts +1 with a token > ties marked > token removed
 * plan       TiePlan          decides on all of it; JDK only
 * store      MemberGraphs     one document for each member, changed by compare-and-set on its version
 * </pre>
 */
@NullMarked
package dev.agora.graph.count;

import org.jspecify.annotations.NullMarked;
