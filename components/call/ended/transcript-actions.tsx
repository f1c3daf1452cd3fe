'use client';

import { Copy, Download } from 'lucide-react';
import { useAgent } from '@/components/call/call-context';
import { transcriptText } from '@/components/call/transcript/transcript-text';
import { buttonClass } from '@/components/ui/button-class';
import { showToast } from '@/components/ui/toast-host';
import { copyText } from '@/lib/client/page/clipboard';
import { localDay, saveFile } from '@/lib/client/page/save-file';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

/** Copies the transcript to the clipboard, or downloads it as a text file. */
export function TranscriptActions({ transcript }: { transcript: readonly TranscriptEntry[] }) {
  const { title } = useAgent();
  const text = () => transcriptText(transcript, title);
  const onCopy = async () => {
    const worked = await copyText(text());
    await showToast(worked ? 'Transcript copied' : 'Your browser blocked copying. Download it instead.');
  };
  const onDownload = () => {
    const file = new Blob([text()], { type: 'text/plain;charset=utf-8' });
    saveFile(file, `conversation-${localDay(new Date())}.txt`);
    void showToast('Transcript downloaded');
  };
  return (
    <div className="flex gap-2">
      <button type="button" className={buttonClass()} onClick={() => void onCopy()}>
        <Copy className="size-4" aria-hidden />
        Copy
      </button>
      <button type="button" className={buttonClass()} onClick={onDownload}>
        <Download className="size-4" aria-hidden />
        Download
      </button>
    </div>
  );
}
