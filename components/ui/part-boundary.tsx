'use client';

import { Component, type ReactNode } from 'react';

interface PartBoundaryProps {
  /** In the place of a part that could not be rendered. */
  fallback: ReactNode;
  children: ReactNode;
}

/**
 * Keeps the failure of one part from replacing the page, and with it a call. The server's next rendering of the part gets
 * another chance.
 */
export class PartBoundary extends Component<PartBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidUpdate(before: PartBoundaryProps, { hasFailed }: { hasFailed: boolean }) {
    // In the update that failed, the children are new as well: it must not be tried over and over.
    if (hasFailed && before.children !== this.props.children) this.setState({ hasFailed: false });
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
