@NullMarked
package dev.agora.graph.reconcile;

import org.jspecify.annotations.NullMarked;
