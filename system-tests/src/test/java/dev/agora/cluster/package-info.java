/** Tests of the check of a cluster, with a cluster that only answers. */
@NullMarked
package dev.agora.cluster;

import org.jspecify.annotations.NullMarked;
