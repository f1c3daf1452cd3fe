import 'server-only';
import { bookAppointment } from '@/business/tools/book-appointment';
import { cancelAppointment } from '@/business/tools/cancel-appointment';
import { diagnoseProblem } from '@/business/tools/diagnose-problem';
import { findSlots } from '@/business/tools/find-slots';
import { getRepairStatus } from '@/business/tools/get-repair-status';
import { listAppointments } from '@/business/tools/list-appointments';
import { listServices } from '@/business/tools/list-services';
import { transferToFrontDesk, transferToMechanic } from '@/business/tools/transfer';
import { endCall } from '@/lib/server/agents/end-call-tool';

/** Every tool that an agent may be given. */
export const tools = [
  listServices,
  findSlots,
  bookAppointment,
  listAppointments,
  cancelAppointment,
  getRepairStatus,
  diagnoseProblem,
  transferToMechanic,
  transferToFrontDesk,
  endCall,
] as const;

export type ToolName = (typeof tools)[number]['name'];
